from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.identify.corrections.file import Corrections, load_corrections, parse_corrections
from pipeline.identify.corrections.pages import corrected
from pipeline.identify.corrections.writing import add_correction, undo_correction
from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.records import Reading
from pipeline.settings import Settings, load_settings
from tests.identify.people import heard, ids, linked
from tests.lake.factory import Look, batch

SIGNED = 'who = "K. Lee"\nwhen = 2026-03-21\nwhy = "heard"\nevidence = "the audio"\n'
PAGE = Look().transcript_id


def corrections(entry: str) -> Corrections:
    return parse_corrections(f"[[correction]]\n{entry}\n{SIGNED}", Path("corrections.toml"))


def reading() -> Reading:
    found = Look().ingested().reading
    assert found is not None
    return found


class TestPages:
    def test_a_speaker(self) -> None:
        label = reading().turns[0].speaker_label
        entry = f'what = "speaker"\npage = "{PAGE}"\nlabel = "{label}"\nname = "Ana Diaz"\nrole = "guest"'
        fixed, taken = corrected(reading(), corrections(entry))
        turn = fixed.turns[0]
        assert (turn.speaker_name, turn.speaker_role, turn.name_rule) == ("Ana Diaz", "guest", "correction")
        assert fixed.turns[1] == reading().turns[1]
        assert len(taken) == 1

    def test_a_speaker_whom_nobody_knows(self) -> None:
        entry = f'what = "speaker"\npage = "{PAGE}"\nlabel = "{reading().turns[0].speaker_label}"'
        turn = corrected(reading(), corrections(entry))[0].turns[0]
        assert (turn.speaker_name, turn.name_rule, turn.confidence) == (None, None, None)

    @pytest.mark.parametrize(
        ("line", "name", "value"),
        [
            ('field = "program"\nvalue = "Fresh Air"', "program", "Fresh Air"),
            ('field = "air_date"\nvalue = 2019-01-02', "air_date", date(2019, 1, 2)),
            ('field = "program"', "program", None),
            ('field = "title"\nvalue = "Cafe\u0301"', "title", "Caf\u00e9"),
        ],
    )
    def test_a_field(self, line: str, name: str, value: object) -> None:
        fixed, taken = corrected(reading(), corrections(f'what = "field"\npage = "{PAGE}"\n{line}'))
        assert getattr(fixed.transcript, name) == value
        assert len(taken) == 1

    def test_what_does_not_match_is_not_taken(self) -> None:
        wanted = corrections(f'what = "speaker"\npage = "{PAGE}"\nlabel = "NOBODY"\nname = "Ana Diaz"')
        fixed, taken = corrected(reading(), wanted)
        assert (fixed, taken) == (reading(), ())
        (line,) = wanted.unmatched(set(), set(), set())
        assert PAGE in line
        assert "K. Lee" in line

    def test_a_person_in_the_lake(self, tmp_path: Path) -> None:
        file = tmp_path / "corrections.toml"
        file.write_text(
            f'[[correction]]\nwhat = "person"\npage = "{PAGE}"\nname = "Leila Fadel"\n'
            f'person_id = "leila-fadel-2"\n{SIGNED}',
            encoding="utf-8",
        )
        settings = load_settings(home=tmp_path / "home", corrections_file=file)
        Lake(settings).commit(batch(Look(1), Look(2)))
        with connect(settings) as session:
            found = session.arrow(
                "SELECT transcript_id, person_id FROM turns WHERE speaker_name = 'Leila Fadel' ORDER BY transcript_id"
            )
            people = session.arrow("SELECT person_id, rule FROM people WHERE person_id LIKE 'leila%' ORDER BY ALL")
        by_page = dict(zip(*found.to_pydict().values(), strict=True))
        assert by_page == {PAGE: "leila-fadel-2", Look(2).transcript_id: "leila-fadel"}
        assert people.to_pydict()["rule"] == ["authority", "correction"]


class TestNames:
    def test_same_person(self) -> None:
        appeared = [*heard("Zora Quist", times=3), *heard("Zelda Lund")]
        found = linked(appeared, corrections=corrections('what = "same_person"\nnames = ["Zora Quist", "Zelda Lund"]'))
        assert ids(found, appeared) == ["zora-quist"] * 4
        (alias,) = found.people[0].aliases
        assert alias.rule == "correction"
        assert "K. Lee" in alias.evidence

    def test_not_same(self) -> None:
        appeared = [*heard("Zora Quist", times=3), *heard("Zora B. Quist")]
        apart = corrections('what = "not_same"\nnames = ["Zora Quist", "Zora B. Quist"]')
        assert len(linked(appeared).people) == 1
        assert len(linked(appeared, corrections=apart).people) == 2

    def test_not_a_person(self) -> None:
        appeared = heard("Sylvan Esso")
        found = linked(appeared, corrections=corrections('what = "not_a_person"\nname = "Sylvan Esso"'))
        assert found.people == ()

    def test_person_name(self) -> None:
        wanted = corrections('what = "person_name"\nperson_id = "zora-quist"\nname = "Zora B. Quist"')
        (person,) = linked(heard("Zora Quist"), corrections=wanted).people
        assert (person.person_id, person.name) == ("zora-quist", "Zora B. Quist")
        assert len(wanted.unmatched(set(), set(), set())) == 1
        assert wanted.unmatched(set(), set(), {"zora-quist"}) == []


ENTRY = {"what": "not_a_person", "name": "Sylvan Esso", "who": "me", "when": date(2026, 3, 21)}
REASONS = {"why": "a band", "evidence": "their site"}


class TestFile:
    def test_what_stands_there_stays_letter_for_letter(self, tmp_path: Path) -> None:
        file = tmp_path / "corrections.toml"
        before = f'# ours\n[[correction]]   # the first\nwhat="not_a_person"\nname  = "Two Gallants"\n{SIGNED}'
        file.write_text(before, encoding="utf-8")
        add_correction(file, {**ENTRY, **REASONS})
        after = file.read_text(encoding="utf-8")
        assert after.startswith(before)
        assert len(parse_corrections(after, file).entries) == 2

    def test_an_incomplete_one_is_refused_and_nothing_is_written(self, tmp_path: Path) -> None:
        file = tmp_path / "corrections.toml"
        with pytest.raises(UsageError, match="why"):
            add_correction(file, ENTRY)
        assert list(tmp_path.iterdir()) == []

    def test_the_same_one_twice_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "corrections.toml"
        add_correction(file, {**ENTRY, **REASONS})
        with pytest.raises(UsageError, match="already"):
            add_correction(file, {**ENTRY, **REASONS})

    def test_one_that_is_taken_back_stays_written_down(self, tmp_path: Path) -> None:
        file = tmp_path / "corrections.toml"
        file.write_text(
            f'# ours\n[[correction]]\nwhat="not_a_person"\nname  = "Two Gallants"\n{SIGNED}', encoding="utf-8"
        )
        added = add_correction(file, {**ENTRY, **REASONS})
        undo_correction(file, added.correction_id, date(2026, 3, 22))
        found = load_corrections(file)
        assert [one.undone for one in found.entries] == [None, date(2026, 3, 22)]
        assert found.entries[1].correction_id == added.correction_id
        assert not found.is_nobody("sylvan esso")
        assert "sylvan esso" in found.keys, "the name is linked anew"
        assert found.unmatched(set(), {"two gallants"}, set()) == []
        assert file.read_text(encoding="utf-8").startswith('# ours\n[[correction]]\nwhat="not_a_person"\n')
        with pytest.raises(UsageError, match=f"no correction {added.correction_id}"):
            undo_correction(file, added.correction_id, date(2026, 3, 22))
        add_correction(file, {**ENTRY, **REASONS})
        assert load_corrections(file).is_nobody("sylvan esso")


ABSENT = f"page {PAGE}: it is not there, or has no"
MATCHED = {
    "speaker": (
        f'what = "speaker"\npage = "{PAGE}"\nlabel = "FADEL"',
        f"{ABSENT} label FADEL",
    ),
    "field": (
        f'what = "field"\npage = "{PAGE}"\nfield = "program"',
        f"{ABSENT} program",
    ),
    "person": (
        f'what = "person"\npage = "{PAGE}"\nname = "Zora Quist"\nperson_id = "zora-quist"',
        f"{ABSENT} Zora Quist",
    ),
    "same_person": ('what = "same_person"\nnames = ["Zora Quist", "Zelda Lund"]', "nobody is called Zora Quist"),
    "not_same": ('what = "not_same"\nnames = ["Zora Quist", "Zelda Lund"]', "nobody is called Zora Quist"),
    "not_a_person": ('what = "not_a_person"\nname = "Zora Quist"', "nothing is called Zora Quist"),
    "person_name": (
        'what = "person_name"\nperson_id = "zora-quist"\nname = "Z. Quist"',
        "nobody has the id zora-quist",
    ),
}


@pytest.mark.parametrize(("entry", "missing"), MATCHED.values(), ids=MATCHED)
def test_what_matches_no_more_is_told(entry: str, missing: str) -> None:
    wanted = corrections(entry)
    (standing,) = wanted.standing
    assert wanted.unmatched({(PAGE, standing.correction_id)}, {"zora quist", "zelda lund"}, {"zora-quist"}) == []
    (line,) = wanted.unmatched(set(), {"zelda lund"}, set())
    assert line.startswith(f"{standing.what} of K. Lee, 2026-03-21: {missing}")


TAKEN_BACK = {
    "same_person": 'what = "same_person"\nnames = ["Zora Quist", "Zelda Lund"]',
    "not_a_person": 'what = "not_a_person"\nname = "Leila Fadel"',
    "person_name": 'what = "person_name"\nperson_id = "leila-fadel"\nname = "L. Fadel"',
    "person": f'what = "person"\npage = "{PAGE}"\nname = "Leila Fadel"\nperson_id = "leila-fadel-2"',
}


@pytest.mark.parametrize("entry", TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_what_is_taken_back_leaves_no_trace(entry: str, tmp_path: Path) -> None:
    """The next commit links the names anew, though no page of theirs comes in."""
    file = tmp_path / "corrections.toml"
    file.touch()
    settings = load_settings(home=tmp_path / "home", corrections_file=file)
    other = [("UNIDENTIFIED MAN:", "Hello.")]
    heard_once = [("ZORA QUIST:", "Good morning."), ("ZELDA LUND:", "Good morning to you.")]
    Lake(settings).commit(batch(Look(1), Look(2, said=heard_once), Look(5), Look(6)))
    before = _linked(settings)
    file.write_text(f"[[correction]]\n{entry}\n{SIGNED}", encoding="utf-8")
    Lake(settings).commit(batch(Look(3, said=other)))
    assert _linked(settings) != before
    (standing,) = load_corrections(file).standing
    undo_correction(file, standing.correction_id, date(2026, 3, 22))
    Lake(settings).commit(batch(Look(4, said=other)))
    assert _linked(settings) == before


def _linked(settings: Settings) -> tuple[object, ...]:
    with connect(settings) as session:
        return tuple(
            session.arrow(sql).to_pylist()
            for sql in (
                "SELECT person_id, name, aliases FROM people ORDER BY ALL",
                "SELECT transcript_id, turn_index, person_id FROM turns WHERE person_id IS NOT NULL ORDER BY ALL",
            )
        )


def test_a_correction_is_no_revision(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    look = Look().ingested()
    Lake(settings).commit([look])
    assert look.reading is not None
    with connect(settings) as session:
        said = session.arrow("SELECT content_hash FROM transcripts").to_pydict()["content_hash"][0]
    fixed, ids_taken = corrected(
        look.reading, corrections(f'what = "field"\npage = "{PAGE}"\nfield = "program"\nvalue = "Fresh Air"')
    )
    Lake(settings).commit([replace(look, reading=fixed, content_hash=said, correction_ids=ids_taken)])
    with connect(settings) as session:
        row = session.arrow("SELECT program, revision, content_hash, correction_ids FROM transcripts").to_pylist()[0]
    assert row == {"program": "Fresh Air", "revision": 1, "content_hash": said, "correction_ids": list(ids_taken)}
