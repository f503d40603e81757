"""What a page's id is made of, and what of it can be told from the page's row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Page
from pipeline.sources import load_sources
from pipeline.transcribe.page_ids import identifying_place, transcript_id_of
from tests.one_digest import ONE_DIGEST

KPBS = load_sources(None).get("kpbs")
NPR = load_sources(None).get("npr")


def page(
    url: str | None, canonical_url: str | None = None, *, npr_id: str | None = None, content_id: str | None = None
) -> Page:
    return Page("generic", url, canonical_url, "Rain", (), npr_id=npr_id, content_id=content_id)


def test_two_addresses_can_have_one_digest_and_are_told_apart() -> None:
    pages = [page(f"https://radio.example{path}") for path in ONE_DIGEST]

    [one_id] = {transcript_id_of(one, None, ()) for one in pages}

    assert [identifying_place(one_id, one.url, None, None) for one in pages] == list(ONE_DIGEST)


@pytest.mark.parametrize("is_known", [True, False])
@given(path=st.from_regex(r"/[a-z0-9/-]{0,20}(\?[a-z]=[0-9])?", fullmatch=True))
def test_an_id_of_an_address_tells_which(path: str, is_known: bool) -> None:  # noqa: FBT001  # a case's own value
    source = KPBS if is_known else None
    url = f"https://www.kpbs.org{path}"

    made = transcript_id_of(page(url), source, ())

    assert identifying_place(made, url, None, source.source_id if source else None) == path


@pytest.mark.parametrize(
    ("transcript_id", "url", "canonical_url"),
    [
        (transcript_id_of(page("https://www.npr.org/a", npr_id="1"), NPR, ()), "https://www.npr.org/a", None),
        (transcript_id_of(page("https://www.kpbs.org/a", content_id="u"), KPBS, ()), "https://www.kpbs.org/a", None),
        (transcript_id_of(page(None), None, ()), None, None),
        (
            transcript_id_of(page("https://www.kpbs.org/a"), KPBS, ()),
            "https://www.kpbs.org/a",
            "https://www.kpbs.org/b",
        ),
    ],
    ids=["NPR's own id", "the CMS's", "the text's", "an address that the row no longer has"],
)
def test_an_id_of_anything_else_tells_none(transcript_id: str, url: str | None, canonical_url: str | None) -> None:
    assert identifying_place(transcript_id, url, canonical_url, "kpbs") is None
