"""Where a turn comes from: its archive record, its label, the rules that name its speaker, and the person behind it.

The page is read again from its archived bytes; what only the whole lake knows (people, copies) is taken from it. What
is not recorded is not made up: the evidence of a rule is looked for on the page once more, and said to be missing
where it is not found.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.amounts import amount
from pipeline.archive import Archive
from pipeline.errors import UsageError
from pipeline.exchanges import ArchivedPage
from pipeline.identify.authority.hosts import RULE as BY_AUTHORITY
from pipeline.identify.authority.program_hosts import RULE as BY_PROGRAM
from pipeline.identify.corrections.kinds import SpeakerCorrection
from pipeline.identify.known import Known, load_known
from pipeline.identify.names import key_of
from pipeline.ingest.fired import fired, said_by_authority
from pipeline.ingest.linked_as import of_person, signed
from pipeline.parse import PARSER_VERSION, parse_page
from pipeline.query.session import Session, connect
from pipeline.records import Reading, Turn
from pipeline.settings import Settings
from pipeline.sources import load_sources
from pipeline.transcribe.names import fold

Lines = Iterator[tuple[str, str]]
"""What is said, under a heading each."""

_SHOWN = 160
"""Characters of a turn, or of what stands around a name."""
_PAGE = """
SELECT warc_file, warc_offset, captures.captured_at, captures.url, transcripts.parser_version, turn_count
FROM transcripts JOIN captures USING (capture_id) WHERE transcripts.transcript_id = {page}
"""
_TURN = "SELECT * EXCLUDE (notes) FROM turns WHERE transcript_id = {page} AND turn_index = {index}"
_LINK = """
SELECT appearances.name AS name_on_page, people.* FROM appearances LEFT JOIN people USING (person_id)
WHERE transcript_id = {page} AND name_key = {key}
"""
_LENT = """
SELECT lent.from_transcript_id AS page, lent.from_turn_index AS turn_index
FROM (SELECT unnest(recovered) AS lent FROM copies WHERE transcript_id = {page}) WHERE lent.turn_index = {index}
"""


def explain(settings: Settings, transcript_id: str, turn_index: int) -> list[tuple[str, str]]:
    """What is known of a turn and how, line by line.

    Raises:
        UsageError: there is no such turn, or no lake.
        ArchiveError: its page cannot be read back.
    """
    page = _quoted(transcript_id)
    with connect(settings) as session:
        place = _only(session, _PAGE.format(page=page), f"no transcript {transcript_id}")
        there_are = f"{transcript_id} has {amount(place['turn_count'], 'turn')}, from 0 on, and no turn {turn_index}"
        turn = _only(session, _TURN.format(page=page, index=turn_index), there_are)
        lent = session.arrow(_LENT.format(page=page, index=turn_index)).to_pylist()
        key = key_of(turn["speaker_name"])
        links = session.arrow(_LINK.format(page=page, key=_quoted(key))).to_pylist() if key else []
    known = load_known(settings)
    return [
        *_of_record(place),
        *_of_label(turn),
        *_of_name(turn, lent, place, settings, known),
        *of_person(turn, links, known.corrections),
    ]


def _only(session: Session, sql: str, otherwise: str) -> Mapping[str, Any]:
    rows: Sequence[Mapping[str, Any]] = session.arrow(sql).to_pylist()
    if not rows:
        raise UsageError(f"{otherwise}; `asrun sql` finds transcripts and turns")
    return rows[0]


def _of_record(place: Mapping[str, Any]) -> Lines:
    if place["warc_file"] is None:
        yield "record", "none: the look that saw this page left nothing in the archive"
    else:
        yield "record", f"{place['warc_file']} at byte {place['warc_offset']}, captured {place['captured_at']}"
    yield "page", place["url"]
    yield "parser", f"row read by version {place['parser_version']}, explained by version {PARSER_VERSION}"


def _of_label(turn: Mapping[str, Any]) -> Lines:
    yield "text", _cut(turn["text"])
    yield "label", turn["speaker_label"] or "none is printed"
    if turn["speaker_role"]:
        yield "role", f"{turn['speaker_role']}; which rule gave it is not recorded"


def _of_name(
    turn: Mapping[str, Any],
    lent: Sequence[Mapping[str, Any]],
    place: Mapping[str, Any],
    settings: Settings,
    known: Known,
) -> Lines:
    name, rule = turn["speaker_name"], turn["name_rule"]
    if turn["kind"] == "cue":
        yield "name", "none: a cue is what is heard, and nobody speaks it"
    elif name is None:
        yield "name", "not known: no rule was sure of one"
    else:
        yield "name", f"{name}, by the rule {rule}, confidence {turn['confidence']:g}"
    for one in lent:
        yield "evidence", f"the same words under a full label: turn {one['turn_index']} of {one['page']}"
    if rule == BY_PROGRAM:
        when = f"the month of {turn['air_date']} and those beside it"
        yield "evidence", f"in {when}, {name} hosts {turn['program']}, and nobody else with the surname is heard on it"
    if place["warc_file"] is None:
        return
    with Archive(settings) as archive:
        reading = _read_again(archive.read(place["warc_file"], place["warc_offset"]), settings, known)
    again = next((one for one in reading.turns if one.turn_index == turn["turn_index"]), None)
    if again is None or again.text != turn["text"]:
        yield "page now", "the archived page gives other turns today: run `asrun reparse`"
        return
    yield from _corrected(again, reading, known)
    for said in fired(again, reading, known):
        stands = " (this one stands)" if (said.name, said.rule) == (name, rule) else ""
        yield "rule", f"{said.rule} gives {said.name}{stands}: {said.evidence}"
    if again.speaker_name != name:
        yield (
            "page alone",
            f"{again.speaker_name or 'no name'}" + (f", by {again.name_rule}" if again.name_rule else ""),
        )
    if again.speaker_name is not None:
        yield "evidence", _evidence(again, reading, known)


def _read_again(page: ArchivedPage, settings: Settings, known: Known) -> Reading:
    return parse_page(
        page.content,
        url=page.url,
        content_type=page.header("Content-Type"),
        sources=load_sources(settings.sources_file),
        authority=known.authority,
    )


def _corrected(turn: Turn, reading: Reading, known: Known) -> Lines:
    transcript = reading.transcript
    for entry in known.corrections.of_page(transcript.transcript_id) if transcript else ():
        if not isinstance(entry, SpeakerCorrection) or entry.label == turn.speaker_label:
            yield "correction", signed(entry)


def _evidence(turn: Turn, reading: Reading, known: Known) -> str:
    """What on the page bears a rule out, looked for again."""
    name, rule = turn.speaker_name or "", turn.name_rule
    if rule == BY_AUTHORITY:
        return _authority(name, reading, known)
    if rule in {"printed", "surname", "first_name", "initials"}:
        words = set(fold(name).split())
        for one in reading.turns:
            label = one.speaker_label
            if label and one.speaker_name == name and len(words & set(fold(label).split())) > 1:
                return f"the label {label!r} of turn {one.turn_index}"
    if rule == "byline":
        for byline in reading.bylines:
            if byline.name == name:
                return f"the byline {byline.printed!r}"
    for one in reading.turns:
        at = one.text.find(name)
        if at >= 0:
            around = one.text[max(0, at - _SHOWN // 2) : at + len(name) + _SHOWN // 2]
            return f"turn {one.turn_index} says: {_cut(around)}"
    return "not found in the turns: the title, a teaser or a line around the transcript has it"


def _authority(name: str, reading: Reading, known: Known) -> str:
    for said in said_by_authority(reading, known):
        if said.person.name == name:
            return said.evidence
    return "the authority of today does not say so any more: run `asrun reparse`"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} ..."


def _quoted(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"
