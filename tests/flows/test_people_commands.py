"""`asrun explain`, `asrun correct` and `asrun uncorrect`: what they write and say, their exit codes, their errors."""

import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.cli import flow_commands
from pipeline.identify.corrections.file import load_corrections
from pipeline.ingest.reparsing import RowDiff
from pipeline.lake.store import Lake
from pipeline.settings import load_settings
from tests.flows.saying import Asrun, command
from tests.lake.factory import Look, batch

LOOK = Look()
SIGNED = ("--who", "K. Lee", "--why", "only quoted", "--evidence", "the audio, at 2:10")
OF_A_PAGE = ("--page", LOOK.transcript_id)
WRITTEN: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "a speaker of a page": (
        ("speaker", *OF_A_PAGE, "--label", "SHERMAN", "--name", "Amy Sherman", "--role", "guest"),
        {"label": "SHERMAN", "name": "Amy Sherman", "role": "guest"},
    ),
    "a speaker whom nobody knows": (("speaker", *OF_A_PAGE, "--label", "SHERMAN"), {"name": None}),
    "a fact of a page": (("field", *OF_A_PAGE, "--field", "program", "--value", "Fresh Air"), {"value": "Fresh Air"}),
    "the day of a page": (
        ("field", *OF_A_PAGE, "--field", "air_date", "--value", "2019-01-02"),
        {"value": date(2019, 1, 2)},
    ),
    "who is meant on a page": (
        ("person", *OF_A_PAGE, "--name", "John Smith", "--person", "john-smith-2"),
        {"person_id": "john-smith-2"},
    ),
    "names of one person": (
        ("same_person", "--name", "Zora Quist", "--name", "Zora Lund"),
        {"names": ("Zora Quist", "Zora Lund")},
    ),
    "names of two": (("not_same", "--name", "Zora Quist", "--name", "Zora B. Quist"), {}),
    "a band": (("not_a_person", "--name", "Sylvan Esso"), {"name": "Sylvan Esso"}),
    "what a person is called": (
        ("person_name", "--person", "zora-quist", "--name", "Zora B. Quist", "--when", "2026-03-01"),
        {"when": date(2026, 3, 1), "person_id": "zora-quist"},
    ),
}
REFUSED = {
    "no such kind": (("speakers", "--name", "Zora Quist"), "'speakers' is no kind of correction; there are 'speaker'"),
    "no page": (("field", "--field", "program"), "cannot be written: field page is missing"),
    "no such fact": (("field", *OF_A_PAGE, "--field", "url", "--value", "x"), "program"),
    "one name for two": (("not_same", "--name", "Zora Quist"), "names"),
    "no day": (("field", *OF_A_PAGE, "--field", "air_date", "--value", "soon"), "day"),
    "a role of our own": (("speaker", *OF_A_PAGE, "--label", "A", "--name", "Zora Quist", "--role", "hero"), "host"),
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASRUN_CORRECTIONS_FILE", str(tmp_path / "corrections.toml"))
    return tmp_path / "corrections.toml"


@pytest.fixture
def asrun(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asrun:
    """Run the command in this process in a home of its own; its exit code, output and errors."""
    del file
    return command(monkeypatch, capsys, str)


@pytest.mark.parametrize(("said", "facts"), WRITTEN.values(), ids=WRITTEN)
def test_a_correction_is_written_listed_and_taken_back(
    asrun: Asrun, file: Path, said: tuple[str, ...], facts: dict[str, Any]
) -> None:
    code, out, err = asrun("correct", *said, *SIGNED)
    assert (code, err) == (0, "")
    (entry,) = load_corrections(file).standing
    assert f"correction {entry.correction_id} written" in out
    assert (entry.what, entry.who, entry.why, entry.evidence) == (said[0], *SIGNED[1::2])
    assert {name: getattr(entry, name) for name in facts} == facts
    code, out, _ = asrun("uncorrect")
    assert (code, entry.correction_id in out, "K. Lee" in out) == (0, True, True)
    code, out, _ = asrun("uncorrect", entry.correction_id)
    assert (code, f"{said[0]} of K. Lee taken back" in out) == (0, True)
    assert load_corrections(file).standing == ()


@pytest.mark.parametrize(
    ("page", "label", "missing"),
    [
        ("npr:nx-s1-1", "ROB SCHMITZ", None),
        ("npr:nx-s1-1", "SCHMITZ", "has the label SCHMITZ; there are LEILA FADEL, ROB SCHMITZ: until that changes"),
        ("npr:nx-s1-2", "ROB SCHMITZ", "the lake has no page npr:nx-s1-2: until that changes"),
    ],
)
def test_who_corrects_what_is_not_there_is_told_at_once(
    asrun: Asrun, file: Path, page: str, label: str, missing: str | None
) -> None:
    file.touch()
    Lake(load_settings()).commit(batch(Look(1)))

    code, out, err = asrun("correct", "speaker", "--page", page, "--label", label, "--name", "Zora Quist", *SIGNED)

    assert (code, "written" in out) == (0, True)
    assert (missing or "") in err
    assert bool(err) == bool(missing)


@pytest.mark.parametrize(("said", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_in_a_line_and_nothing_is_written(
    asrun: Asrun, file: Path, said: tuple[str, ...], hint: str
) -> None:
    code, out, err = asrun("correct", *said, *SIGNED)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert hint in err
    assert not file.exists()


def test_without_a_file_for_them_nothing_is_corrected(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASRUN_CORRECTIONS_FILE")
    for said in (("correct", "not_a_person", "--name", "Sylvan Esso", *SIGNED), ("uncorrect",)):
        code, _, err = asrun(*said)
        assert (code, "corrections_file" in err) == (2, True)


def test_a_file_that_is_not_there_yet_is_told_with_what_makes_it(asrun: Asrun, file: Path) -> None:
    code, _, err = asrun("uncorrect")
    assert (code, f"{file}: is not there; `asrun correct` makes it" in err) == (2, True)


def test_a_reparse_tells_of_corrections_that_nothing_answers_to(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_commands, "flows_ready", lambda *_, **__: nullcontext())
    monkeypatch.setitem(sys.modules, "flows.reparse", SimpleNamespace(reparse=lambda **_: RowDiff()))
    asrun("correct", "speaker", *OF_A_PAGE, "--label", "SHERMAN", *SIGNED)
    Lake(load_settings()).commit([LOOK.ingested()])
    code, _, err = asrun("reparse")
    assert (code, len(err.splitlines())) == (0, 1)
    assert err.startswith("correction without a match: speaker of K. Lee, ")
    assert "has no label SHERMAN" in err
    assert asrun("reparse", "--dry-run")[2] == ""


def test_explain_of_what_is_not_there(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASRUN_CORRECTIONS_FILE")
    assert asrun("explain", LOOK.transcript_id, "0")[0] == 2
    Lake(load_settings()).commit([LOOK.ingested()])
    for page, turn, hint in (
        (LOOK.transcript_id, "99", "from 0 on, and no turn 99"),
        ("npr-nothing", "0", "no transcript"),
    ):
        code, _, err = asrun("explain", page, turn)
        assert (code, hint in err) == (2, True)
