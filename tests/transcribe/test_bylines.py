import pytest

from pipeline.records import Block, PrintedByline
from pipeline.transcribe.bylines import Credits, credits_of
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.speakers.naming import speakers_of


def _credits(*paragraphs: str, printed: tuple[str, ...] = ()) -> Credits:
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings([passage.text for passage in passages])
    return credits_of([PrintedByline(line) for line in printed], passages, speakers_of(passages, spellings, printed))


@pytest.mark.parametrize(
    ("printed", "bylines"),
    [
        ("By Josh James", [("Josh James", None, None)]),
        ("WUKY | By Josh James", [("Josh James", None, None)]),
        ("Josh James", [("Josh James", None, None)]),
        ("By Jo Guo, Nick Fountain", [("Jo Guo", None, None), ("Nick Fountain", None, None)]),
        ("By Jo Guo and Nick Fountain", [("Jo Guo", None, None), ("Nick Fountain", None, None)]),
        ("By Wendell Hale, Jr.", [("Wendell Hale Jr.", None, None)]),
        ("By Ana Diaz / City Heights Reporter", [("Ana Diaz", "City Heights Reporter", None)]),
        ("By Ana Diaz / WFAE / 5 days ago", [("Ana Diaz", None, "WFAE")]),
        ("By Ana Diaz / KNAU reporter", [("Ana Diaz", "reporter", "KNAU")]),
        ("By Ana Diaz, NPR", [("Ana Diaz", None, "NPR")]),
        ("By Ana Diaz, The Lowell Post", [("Ana Diaz", None, "The Lowell Post")]),
        (
            "By Ana Diaz and Ed Hale, Lowell Times",
            [("Ana Diaz", None, "Lowell Times"), ("Ed Hale", None, "Lowell Times")],
        ),
        ("BY ANA DIAZ", [("Ana Diaz", None, None)]),
        ("By Ana Diaz, Reporter", [("Ana Diaz", "Reporter", None)]),
        ("By Ana Diaz with Ed Hale, Senior Producer", [("Ana Diaz", None, None), ("Ed Hale", "Senior Producer", None)]),
        ("Hosted by Ana Diaz", [("Ana Diaz", "host", None)]),
        ("Reported by Ana Diaz and Ed Hale", [("Ana Diaz", "reporter", None), ("Ed Hale", "reporter", None)]),
        ("By Ana Diaz, Special to Radio Utica", [("Ana Diaz", None, None)]),
        ("Ana Diaz | Special to Radio Utica", [("Ana Diaz", None, None)]),
        ("NPR Staff", [(None, None, "NPR Staff")]),
        ("By The Associated Press", [(None, None, "The Associated Press")]),
        ("By", []),
        ("", []),
    ],
)
def test_printed_bylines(printed: str, bylines: list[tuple[str | None, str | None, str | None]]) -> None:
    found = _credits("ED HALE: Hello.", printed=(printed,)).bylines

    assert [(byline.name, byline.role, byline.affiliation) for byline in found] == bylines
    assert [byline.position for byline in found] == list(range(1, len(bylines) + 1))


def test_reporters_of_the_script_are_credited_once_behind_the_page() -> None:
    found = _credits(
        "JO FOX, HOST: NPR's Ed Hale reports.", "ED HALE, BYLINE: It rains.", "HALE: Rain.", printed=("By Ana Diaz",)
    ).bylines

    assert [(byline.name, byline.role, byline.affiliation) for byline in found] == [
        ("Ana Diaz", None, None),
        ("Ed Hale", "reporter", "NPR"),
    ]


@pytest.mark.parametrize(
    ("words", "dateline"),
    [
        ("Ed Hale, NPR News, Paradise, Calif.", "Paradise, Calif."),
        ("Ed Hale, NPR News, Paris.", "Paris"),
        ("Ed Hale, NPR News, Washington, D.C.", "Washington, D.C."),
        ("Ed Hale, NPR News, the State Department.", "the State Department"),
        ("For NPR News, I'm Ed Hale in Seville, Spain.", "Seville, Spain"),
        ("Ed Hale, NPR News.", None),
        ("I told Ana Diaz, NPR News, Paris.", None),
        ("Ed Hale knows Paris.", None),
    ],
)
def test_a_sign_off_gives_the_dateline(words: str, dateline: str | None) -> None:
    assert _credits(f"ED HALE, BYLINE: It rains. {words}").dateline == dateline
