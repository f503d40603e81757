"""Exports: whole, streamed, opened by the tools they are for, and nothing of a page does anything there."""

import csv
import errno
import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.errors import LakeError, UsageError
from pipeline.export import Format, export, selection, tei
from pipeline.export.sheets import defused
from pipeline.lake.store import Lake
from pipeline.query.session import Session, connect
from pipeline.settings import load_settings
from tests.lake.factory import Look, batch

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
NASTY = ("=HYPERLINK(1)", "+1", "-1 degree", "@SUM(A1)", "\tx", "\rx", "\nx", "</u><u>", "bell \x07, end", "\"q\", 'p'")
LOOKS = (
    Look(page=1),
    Look(page=2, air_date=date(2025, 1, 2), said=[("LEILA FADEL, HOST:", text) for text in NASTY]),
    Look(page=3, air_date=None, program=None, title=None, said=(("MAN #1:", "Yes."), ("MAN 1:", "No."), (None, "Hm."))),
)
IN_ORDER = "ORDER BY air_date, transcript_id, turn_index"
SHARED_PAYLOADS = "real/external/csv_injection_payloads.json"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    settings = load_settings(home=Path(tmp_path_factory.mktemp("home")))
    Lake(settings).commit(batch(*LOOKS))
    with connect(settings) as session:
        yield session


def in_lake(session: Session, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = session.arrow(sql).to_pylist()
    return found


def test_csv_has_every_turn_and_no_formula(session: Session, tmp_path: Path) -> None:
    assert export(session, Format.CSV, tmp_path / "turns.csv") == len(LOOKS)

    with (tmp_path / "turns.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [
        row["text"] for row in in_lake(session, "SELECT text FROM turns ORDER BY air_date, transcript_id, turn_index")
    ]
    assert [row["text"] for row in rows] == [defused(text) for text in said]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n"))]
    assert {row["turn_index"] for row in rows} == {str(index) for index in range(len(NASTY))}


def test_payloads_of_others_are_defused(shared: Path) -> None:
    payloads = json.loads((shared / SHARED_PAYLOADS).read_text())
    texts = [
        text for text in (payloads if isinstance(payloads, list) else payloads["payloads"]) if isinstance(text, str)
    ]

    assert texts
    assert not [text for text in texts if str(defused(text)).startswith(tuple("=+-@\t\r\n"))]


def test_json_lines_say_what_the_lake_says(session: Session, tmp_path: Path) -> None:
    export(session, Format.JSONL, tmp_path / "stories.jsonl", "air_date = '2025-01-02'")

    (story,) = [json.loads(line) for line in (tmp_path / "stories.jsonl").read_text().splitlines()]
    assert story["transcript_id"] == "npr:nx-s1-2"
    assert story["air_date"] == "2025-01-02"
    assert [turn["text"] for turn in story["turns"]] == list(NASTY)
    assert [byline["printed"] for byline in story["bylines"]] == ["Rob Schmitz, NPR", "Associated Press"]


def test_tei_is_well_formed_and_every_reference_is_met(session: Session, tmp_path: Path) -> None:
    export(session, Format.TEI, tmp_path / "tei")

    corpus = etree.parse(tmp_path / "tei" / "corpus.xml")
    corpus.xinclude()
    assert len(corpus.findall("t:TEI", TEI)) == len(LOOKS)
    said = 0
    for document in corpus.iterfind("t:TEI", TEI):
        people = {
            f"#{person.get('{http://www.w3.org/XML/1998/namespace}id')}"
            for person in document.iterfind(".//t:person", TEI)
        }
        utterances = document.findall(".//t:u", TEI)
        assert {utterance.get("who") for utterance in utterances} == people
        said += len(utterances)
    speech = "SELECT count(*) AS count FROM turns WHERE kind = 'speech'"
    assert said == in_lake(session, speech)[0]["count"]
    everyone = [person.text for person in corpus.iterfind(".//t:persName", TEI)]
    assert everyone.count("Man #1") == everyone.count("Man 1") == 1
    assert any("</u><u>" in (seg.text or "") for seg in corpus.iterfind(".//t:seg", TEI))
    assert any("bell \ufffd, end" in (seg.text or "") for seg in corpus.iterfind(".//t:seg", TEI))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("npr:1", "npr_1", id="signs that are written alike"),
        pytest.param("npr-a1", "NPR-A1", id="one file on a disk that knows no case"),
        pytest.param("npr-" + "é" * 300 + "1", "npr-" + "é" * 300 + "2", id="longer than a file's name may be"),
        pytest.param("A_b", tei.document_name("A_b"), id="what another is written as"),
    ],
)
def test_each_document_has_a_file_of_its_own(one: str, other: str) -> None:
    names = {tei.document_name(given).lower() for given in (one, other)}

    assert len(names) == 2
    assert all(len(f"{name}.xml".encode()) <= 255 for name in names)


def test_tei_opens_in_a_tei_library(session: Session, tmp_path: Path) -> None:
    library = pytest.importorskip("acdh_tei_pyutils.tei", reason="acdh-tei-pyutils is not installed")
    export(session, Format.TEI, tmp_path / "tei", "air_date = '2025-01-02'")

    document = library.TeiReader(str(tmp_path / "tei" / f"{tei.document_name('npr:nx-s1-2')}.xml"))

    assert len(document.any_xpath(".//tei:u")) == len(NASTY)


def test_convokit_opens_it(session: Session, tmp_path: Path) -> None:
    convokit = pytest.importorskip("convokit", reason="convokit is not installed: 0.8 GB")
    export(session, Format.CONVOKIT, tmp_path / "corpus")

    corpus = convokit.Corpus(filename=str(tmp_path / "corpus"))

    assert len(list(corpus.iter_conversations())) == len(LOOKS)
    assert corpus.get_speaker("leila-fadel").meta["name"] == "Leila Fadel"
    for conversation in corpus.iter_conversations():
        assert conversation.check_integrity(verbose=False)


def test_a_convokit_corpus_holds_together(session: Session, tmp_path: Path) -> None:
    """What ConvoKit relies on: replies, speakers, conversations and types that are all there."""
    export(session, Format.CONVOKIT, tmp_path / "corpus")

    utterances = [json.loads(line) for line in (tmp_path / "corpus" / "utterances.jsonl").read_text().splitlines()]
    speakers, conversations, index = (
        json.loads((tmp_path / "corpus" / f"{name}.json").read_text())
        for name in ("speakers", "conversations", "index")
    )
    ids = {utterance["id"] for utterance in utterances}
    assert len(ids) == len(utterances)
    assert {utterance["reply-to"] for utterance in utterances} - {None} <= ids
    assert {utterance["speaker"] for utterance in utterances} == speakers.keys()
    assert {utterance["conversation_id"] for utterance in utterances} == conversations.keys()
    assert all(utterance["meta"].keys() == index["utterances-index"].keys() for utterance in utterances)


def test_who_is_known_only_on_his_page_is_another_on_every_page() -> None:
    def turn(name: str | None, label: str | None) -> dict[str, Any]:
        return {"speaker_name": name, "speaker_label": label}

    story = selection.Story({"transcript_id": "npr-1"}, (), ())

    assert selection.speaker_id(story, turn("Leila Fadel", "FADEL")) == "Leila Fadel"
    assert selection.speaker_id(story, turn(None, "MAN #1")) == "npr-1#MAN #1"
    assert selection.speaker_id(story, turn(None, None)) == "npr-1#?"


def test_hugging_face_loads_it(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    datasets = pytest.importorskip("datasets", reason="Hugging Face datasets is not installed")
    export(session, Format.DATASETS, tmp_path / "folder")

    turns = datasets.load_dataset(str(tmp_path / "folder"), "turns", split="train", cache_dir=str(tmp_path / "cache"))

    expected = in_lake(session, f"SELECT text, notes FROM turns {IN_ORDER}")
    assert [{"text": row["text"], "notes": row["notes"]} for row in turns] == expected


def test_a_datasets_folder_names_files_that_are_there(session: Session, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    export(session, Format.DATASETS, tmp_path / "folder")

    card = (tmp_path / "folder" / "README.md").read_text()
    for name in ("turns", "transcripts", "bylines"):
        assert f"data/{name}/train.parquet" in card
        expected = in_lake(session, f"SELECT count(*) AS count FROM {name}")[0]["count"]
        assert pq.read_metadata(tmp_path / "folder" / "data" / name / "train.parquet").num_rows == expected


@pytest.mark.parametrize("form", list(Format))
def test_a_selection_larger_than_a_batch_is_whole(
    session: Session, tmp_path: Path, form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(session, form, tmp_path / "whole")
    monkeypatch.setattr(selection, "AT_ONCE", 1)

    assert export(session, form, tmp_path / "by-one") == len(LOOKS)

    assert contents(tmp_path / "by-one") == contents(tmp_path / "whole")


def contents(place: Path) -> dict[str, bytes]:
    if place.is_file():
        return {"": place.read_bytes()}
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.*")}


REFUSED = {
    "nothing chosen": ("program = 'Nobody''s'", "no transcript fulfils"),
    "unknown column": ("programme = 'x'", "programme"),
    "two statements": ("true); DROP TABLE turns; SELECT (1", "one statement"),
    "a file": ("title IN (SELECT content FROM read_text('/etc/passwd'))", "(?i)permission|not allowed|disabled"),
}


@pytest.mark.parametrize(("where", "said"), REFUSED.values(), ids=REFUSED)
def test_conditions_that_cannot_be_are_refused_and_nothing_is_left(
    session: Session, tmp_path: Path, where: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        export(session, Format.TEI, tmp_path / "out", where)

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(LakeError, match=rf"^{tmp_path}.*Permission denied.*; correct its permissions or name another"):
        export(session, Format.TEI, tmp_path / "out" / "march")


def test_what_is_there_is_not_overwritten(session: Session, tmp_path: Path) -> None:
    (tmp_path / "turns.csv").write_text("mine")

    with pytest.raises(UsageError, match="there already"):
        export(session, Format.CSV, tmp_path / "turns.csv")

    assert (tmp_path / "turns.csv").read_text() == "mine"
    with pytest.raises(UsageError, match="below a file; name another place"):
        export(session, Format.CSV, tmp_path / "turns.csv" / "mine" / "turns.csv")
    shutil.rmtree(tmp_path)
