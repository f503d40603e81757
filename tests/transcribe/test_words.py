import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.page import read_page
from pipeline.transcribe.evidence.outlets import is_from_outlet, outlet_of
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles.guests import is_announced_guest
from pipeline.transcribe.transcript import transcribe
from pipeline.transcribe.words import has_words, places, starts
from tests.network import site


@given(st.sampled_from(["Ana", "Ana Diaz", "d'Or", "Ñu"]), st.text("AnaDizÑu d'Or_-.é1", max_size=40))
def test_whole_words_are_those_between_word_boundaries(words: str, text: str) -> None:
    bounded = re.compile(rf"(?=\b{re.escape(words)}\b)")

    assert [start for start, _ in places(words, text)] == [found.start() for found in bounded.finditer(text)]
    assert has_words(words, text) is (bounded.search(text) is not None)


NAMELESS: dict[str, Callable[[str], object]] = {
    "starts": lambda text: list(starts("", text)),
    "outlet": lambda text: outlet_of("", text),
    "from an outlet": lambda text: is_from_outlet("", text),
    "announced": lambda text: is_announced_guest("", text),
    "spelled": lambda text: Spellings(text).of(()),
}


@pytest.mark.parametrize("ask", NAMELESS.values(), ids=NAMELESS)
def test_a_text_is_searched_to_its_end_for_no_words_at_all(ask: Callable[[str], object]) -> None:
    assert not ask("NPR's Ana Diaz reports.")


@pytest.mark.parametrize("url", site.truth(night=2))
def test_no_pattern_is_compiled_for_the_names_of_a_page(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are new on every page: a pattern for each took a third of the time."""
    host, path = url.removeprefix("https://").split("/", 1)
    page = read_page(site.answer(host, f"/{path}", night=2).body, url=url, content_type="text/html")
    transcribe(page, None, [])  # what is imported and compiled once
    compiled: list[object] = []
    compiles = re._compile  # type: ignore[attr-defined]  # what every call of the module goes through

    def noted(pattern: object, *rest: object) -> object:
        compiled.append(pattern)
        return compiles(pattern, *rest)

    monkeypatch.setattr(re, "_compile", noted)
    transcribe(page, None, [])
    assert compiled == []
