"""Golden pages: every folder below tests/cases is one case; adding a folder adds a test and no code.

A case holds `page.html` or `page.txt` (the bytes as received), `case.toml` (`shows`: what it is for; `url` and
`content_type` where it has them) and `expected.json` (what `asrun parse` must give). A missing expectation fails;
`pytest --rewrite-cases` writes what is missing or other than what the parser gives now, and fails there, so that
somebody reads it before it is committed. `grammar.toml` names, for every form that transcripts and their pages are
known to have, the case that shows it.
"""

import json
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.as_json import reading_as_json
from pipeline.parse import parse_page
from pipeline.read import plain_text
from pipeline.read.page import LAYOUTS, RECORD_LAYOUTS
from pipeline.records import rejected
from pipeline.sources import load_sources

CASES = sorted(folder.parent for folder in Path(__file__).with_name("cases").glob("*/*/case.toml"))
GRAMMAR = Path(__file__).with_name("cases") / "grammar.toml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    facts = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    (page,) = case.glob("page.*")
    reading = parse_page(
        page.read_bytes(), url=facts.get("url"), content_type=facts.get("content_type"), sources=load_sources()
    )
    assert reading.outcome != rejected("reader_failed"), reading.detail
    actual = reading_as_json(reading)
    expectation = case / "expected.json"
    written = json.dumps(actual, ensure_ascii=False, indent=1) + "\n"
    before = expectation.read_text(encoding="utf-8") if expectation.exists() else None
    if request.config.getoption("--rewrite-cases") and written != before:
        expectation.write_text(written, encoding="utf-8")
        pytest.fail(f"{expectation} was rewritten: read it, then run without --rewrite-cases")
    if before is None:
        pytest.fail(f"{expectation} is missing: write it by hand, or with --rewrite-cases and read it")

    assert actual == json.loads(before)


def test_every_case_says_what_it_shows() -> None:
    assert CASES, "no cases found"
    for case in CASES:
        assert tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))["shows"].strip(), case


FORMS = [
    pytest.param(section, form, shown, id=f"{section}/{form}")
    for section, forms in tomllib.loads(GRAMMAR.read_text(encoding="utf-8")).items()
    for form, shown in forms.items()
]


@pytest.mark.parametrize(("section", "form", "shown"), FORMS)
def test_every_form_has_its_case(section: str, form: str, shown: dict[str, str]) -> None:
    """What the case is said to show stands in its page; whether it is read rightly is the case's own test."""
    pages = list(GRAMMAR.parent.glob(f"{shown['case']}/page.*"))
    assert len(pages) == 1, f"{section}, «{form}»: there is no case {shown['case']}"
    assert shown["prints"] in pages[0].read_text(encoding="utf-8", errors="replace"), f"{section}, «{form}»"


@pytest.mark.parametrize("layout", [*LAYOUTS, *RECORD_LAYOUTS, plain_text], ids=lambda layout: layout.NAME)
def test_every_layout_has_two_transcripts_and_a_refusal(layout: ModuleType) -> None:
    expected = [
        json.loads(path.read_text(encoding="utf-8")) for path in GRAMMAR.parent.glob(f"{layout.NAME}/*/expected.json")
    ]
    published = [reading for reading in expected if reading["outcome"] == "published"]
    assert len(published) >= 2, f"{layout.NAME}: a layout has two cases of a transcript, and one that it refuses"
    assert {reading["transcript"]["layout"] for reading in published} == {layout.NAME}
    assert len(published) < len(expected), "no case says what this layout refuses"
