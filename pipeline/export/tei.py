"""TEI (P5), as ParlaMint writes debates: a document a transcript, `<u who="#...">` a turn, `<seg>` a paragraph.

Printed labels are `<note type="speaker">`, as there; directions `<incident>` or, where somebody makes them with his
voice, `<vocal>`; people stand in `<listPerson>`. `corpus.xml` includes all documents. Characters that XML 1.0 (section
2.2) has no place for become U+FFFD.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from pipeline.export.selection import Row, Story, speaker_id

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_MAKE = ElementMaker(namespace=_TEI, nsmap={None: _TEI})
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_NAME = re.compile(r"[^\w.-]+")
_PLAIN_ID = re.compile(r"[a-z][a-z0-9.-]{0,79}")
_LONGEST_NAME = 40
"""Characters kept of an id that is no name: four bytes each at most, and a file's name has 255."""
_BY_VOICE = ("laughter", "singing", "chanting", "crying", "gasp", "screaming")


def write(stories: Iterable[Story], folder: Path) -> int:
    """Write a document a story, and the corpus that includes them; the number of stories."""
    folder.mkdir()
    corpus = _MAKE.teiCorpus(_header("Public radio transcripts", None, []))
    count = 0
    for story in stories:
        name = f"{document_name(story.transcript['transcript_id'])}.xml"
        _put(folder / name, document(story))
        etree.SubElement(corpus, _INCLUDE, href=name)
        count += 1
    _put(folder / "corpus.xml", corpus)
    return count


def document(story: Story) -> Any:
    """One transcript as a `<TEI>` element."""
    transcript = story.transcript
    speakers = _speakers(story)
    turns = (_turn(story, turn, speakers) for turn in story.turns)
    made = _MAKE.TEI(
        _header(transcript["title"] or transcript["transcript_id"], transcript, _people(story, speakers)),
        _MAKE.text(_MAKE.body(_MAKE.div(*turns, type="transcript"))),
    )
    made.set(f"{_XML}id", document_name(transcript["transcript_id"]))
    made.set(f"{_XML}lang", transcript["language"] or "und")
    return made


def _header(title: str, transcript: Row | None, people: list[Any]) -> Any:
    source = _MAKE.p("pages of public radio stations and networks")
    if transcript is not None:
        source = _MAKE.bibl(*_bibliography(transcript))
    file = _MAKE.fileDesc(
        _MAKE.titleStmt(_MAKE.title(_clean(title))),
        _MAKE.publicationStmt(_MAKE.p(_clean((transcript or {}).get("rights") or "Rights: the publishers'."))),
        _MAKE.sourceDesc(source),
    )
    if not people:
        return _MAKE.teiHeader(file)
    return _MAKE.teiHeader(file, _MAKE.profileDesc(_MAKE.particDesc(_MAKE.listPerson(*people))))


def _bibliography(transcript: Row) -> Iterable[Any]:
    yield _MAKE.title(_clean(transcript["title"] or transcript["transcript_id"]))
    if transcript["program"]:
        yield _MAKE.series(_MAKE.title(_clean(transcript["program"])))
    if transcript["network"] or transcript["station"]:
        yield _MAKE.publisher(_clean(transcript["station"] or transcript["network"]))
    if transcript["air_date"]:
        yield _MAKE.date(transcript["air_date"].isoformat(), when=transcript["air_date"].isoformat())
    if transcript["url"]:
        yield _MAKE.ptr(target=_clean(transcript["url"]))


def _speakers(story: Story) -> dict[str, str]:
    """Everybody who speaks, by speaker id, as a name for `xml:id` that nobody else in the document has."""
    names: dict[str, str] = {}
    for turn in story.turns:
        speaker = speaker_id(story, turn)
        if turn["kind"] == "speech" and speaker not in names:
            name = xml_id(turn["speaker_name"] or turn["speaker_label"] or "unknown")
            names[speaker] = name if name not in names.values() else f"{name}.{len(names)}"
    return names


def _people(story: Story, speakers: dict[str, str]) -> list[Any]:
    """A `<person>` for each speaker, as the first of his turns has him."""
    first: dict[str, Row] = {}
    for turn in story.turns:
        first.setdefault(speaker_id(story, turn), turn)
    return [_person(first[speaker], name) for speaker, name in speakers.items()]


def _person(turn: Row, name: str) -> Any:
    person = _MAKE.person(_MAKE.persName(_clean(turn["speaker_name"] or turn["speaker_label"] or "unknown")))
    person.set(f"{_XML}id", name)
    if turn["speaker_role"]:
        person.set("role", turn["speaker_role"])
    if turn["speaker_affiliation"]:
        person.append(_MAKE.affiliation(_clean(turn["speaker_affiliation"])))
    return person


def _turn(story: Story, turn: Row, speakers: dict[str, str]) -> Any:
    if turn["kind"] != "speech":
        return _direction(turn["text"])
    said = [_MAKE.seg(_clean(paragraph)) for paragraph in turn["text"].split("\n\n")]
    utterance = _MAKE.u(*said, who=f"#{speakers[speaker_id(story, turn)]}")
    utterance.set(f"{_XML}id", f"{document_name(story.transcript['transcript_id'])}.u{turn['turn_index']}")
    if turn["start_seconds"] is not None:
        utterance.set("start", f"{turn['start_seconds']:g}s")
    if turn["speaker_label"]:
        utterance.insert(0, _MAKE.note(_clean(turn["speaker_label"]), type="speaker"))
    return utterance


def _direction(text: str) -> Any:
    is_voice = any(word in text.lower() for word in _BY_VOICE)
    return (_MAKE.vocal if is_voice else _MAKE.incident)(_MAKE.desc(_clean(text)))


def document_name(transcript_id: str) -> str:
    """The name of a document and its file: no other id has it, whatever case and signs a file system tells apart.

    >>> document_name("npr-g-s1-42"), document_name("npr:42")
    ('npr-g-s1-42', 'npr_42_d1e509d774f9')
    """
    if _PLAIN_ID.fullmatch(transcript_id):
        return transcript_id
    digest = hashlib.sha256(transcript_id.encode()).hexdigest()[:12]
    return f"{xml_id(transcript_id)[:_LONGEST_NAME]}_{digest}"


def xml_id(text: str) -> str:
    """Text as a name that may stand in `xml:id`: letters, digits, `.`, `-` and `_`, and no digit first.

    >>> xml_id("Michele Kelemen"), xml_id("42#MAN #1")
    ('Michele_Kelemen', '_42_MAN_1')
    """
    name = _NO_NAME.sub("_", text).strip("_") or "_"
    return name if name[0].isalpha() else f"_{name}"


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _put(path: Path, root: Any) -> None:
    with path.open("wb") as file:
        etree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True, pretty_print=True)
        file.flush()
        os.fsync(file.fileno())
