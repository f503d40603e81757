"""Page to Reading: the last step of a page's way before the lake. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo
from urllib.parse import urlsplit

from pipeline.errors import PageRejected
from pipeline.read.npr_ids import npr_id_of
from pipeline.records import NOT_A_TRANSCRIPT, NOT_YET, PUBLISHED, Page, Reading, Transcript, Turn
from pipeline.sources import Program, Source
from pipeline.transcribe.airing import air_date, audio_program_code, own_words, program_heard
from pipeline.transcribe.bylines import Credits, credited_hosts, credited_roles, credits_of
from pipeline.transcribe.evidence.programs import (
    program_behind_title,
    program_of_code,
    program_of_ident,
    without_program,
)
from pipeline.transcribe.evidence.staff import Staff, known_on
from pipeline.transcribe.last_words import without_own_credits
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.other_scripts import what_else
from pipeline.transcribe.page_ids import transcript_id_of
from pipeline.transcribe.roles.callers import with_called_names
from pipeline.transcribe.roles.casting import with_roles
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.script.credit_lines import is_bio
from pipeline.transcribe.script.dividing import Script, write_script
from pipeline.transcribe.script.passages import Passage, count_spoken_words
from pipeline.transcribe.speakers.called_hosts import with_greeted_hosts, with_named_lead
from pipeline.transcribe.speakers.hand_overs import may_end_in_headings, without_next_headings
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.teaser import program_and_teaser
from pipeline.transcribe.turns import build_turns
from pipeline.transcribe.verdict import is_listing, is_transcript, opens

_SITE_WORDS = frozenset(("archive", "listen", "media", "news", "podcast", "podcasts", "radio", "shows", "stories"))
"""Hosts below a station's domain that name no programme."""
_OPENING = 3
"""Passages, in which programmes give their names."""
_MOST_LABELS = 400
"""Different labels: the longest programmes met have some eighty."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a page's text gave."""

    script: Script
    turns: tuple[Turn, ...]
    credited: Credits
    bio: str | None


@dataclass(frozen=True, slots=True)
class _Airing:
    """When a page's story was on the air, by which rule that is known, and on what."""

    day: date | None
    day_rule: str | None
    program: str | None


def transcribe(
    page: Page, source: Source | None, programs: Sequence[Program], zone: tzinfo = UTC, staff: Staff | None = None
) -> Reading:
    """Turns, speakers, bylines and facts of a page.

    `source` is the site that the page was fetched from; `zone` its publisher's time zone, for the day of broadcast;
    `programs` are those of its network, for idents and audio codes; `staff` knows who works in public radio.

    Raises:
        PageRejected: the page holds no transcript (`not_a_transcript`), or none yet (`not_yet`).
    """
    script = _script(page)
    printed_names = [byline.printed.removeprefix("By ") for byline in page.bylines]
    spellings = _spellings(page, script)
    known_surnames = () if staff is None else (staff.is_surname,)
    speakers = speakers_of(script.passages, spellings, printed_names, *known_surnames)
    if not is_transcript(page, script, speakers, is_of_source=source is not None):
        raise _refused(page, script)
    above = (*script.header, *filter(None, (page.teaser, page.title)))
    others = () if staff is None else staff.idents
    names = (*(program.name for program in programs), *others)
    named, teaser = program_and_teaser(page, script.header, names)
    page = replace(page, program=page.program or named or program_behind_title(page.title, names), teaser=teaser)
    airing = _airing(page, script.passages, programs, zone, others)
    setting = Setting(
        spellings.text,
        page.program or _site(page.url),
        credited_hosts(script.header),
        above,
        credited_roles(script.header),
        known_on(staff, airing.program or _site(page.url), airing.day),
    )
    speakers = with_roles(script.passages, speakers, setting)
    speakers = with_greeted_hosts(script.passages, speakers, spellings, *((staff.knows,) if staff is not None else ()))
    speakers = with_called_names(script.passages, with_named_lead(script.passages, speakers), spellings)
    passages, own_bio = without_own_credits(_without_headings(script.passages), speakers)
    credited = credits_of(page.bylines, passages, speakers)
    makers = tuple(byline.name for byline in credited.bylines if byline.name)
    bios = [*own_bio, *(text for text in script.after if is_bio(text, makers))]
    heard = _Heard(script, build_turns(passages, speakers), credited, "\n\n".join(bios) or None)
    transcript = _transcript(page, heard, source, airing)
    return Reading(PUBLISHED, None, transcript, credited.bylines, heard.turns)


def _site(url: str | None) -> str | None:
    """A site's own name, which may be its programme's: `radiolab` of radiolab.org, but nothing of radio.wpsu.org."""
    name = (urlsplit(url or "").hostname or "").removeprefix("www.").split(".")[0]
    return name if name and name not in _SITE_WORDS else None


def _script(page: Page) -> Script:
    """The page's text in order; what cannot be a transcript is refused before anybody looks for people."""
    address = page.url or page.canonical_url
    script = write_script(page.blocks, is_all_spoken=page.has_container, address=address, title=page.title)
    labels = {passage.label.printed for passage in script.passages if passage.label}
    if not page.has_container and not labels and not opens(page, script):
        raise _refused(page, script)
    if not page.has_container and (other := what_else(page)) is not None:
        raise PageRejected(NOT_A_TRANSCRIPT, other)
    if len(labels) > _MOST_LABELS:
        raise PageRejected(NOT_A_TRANSCRIPT, f"more than {_MOST_LABELS} different labels: a directory or a data set")
    return script


def _spellings(page: Page, script: Script) -> Spellings:
    return Spellings(
        [
            *(passage.text for passage in script.passages if not passage.is_cue),
            *(text for text in (page.title, page.segment_title, page.teaser, page.author_bio) if text),
            *(byline.printed for byline in page.bylines),
            *script.header,
            *script.after,
        ]
    )


def _transcript(page: Page, heard: _Heard, source: Source | None, airing: _Airing) -> Transcript:
    """The facts of a page, its own first, then those of its text."""
    script, turns = heard.script, heard.turns
    speech = [turn for turn in turns if turn.kind == "speech"]
    return Transcript(
        transcript_id=transcript_id_of(page, source, turns),
        url=page.url,
        canonical_url=page.canonical_url or page.url,
        npr_id=page.npr_id or npr_id_of(page.canonical_url),
        source_id=source.source_id if source else None,
        network=source.network if source else None,
        station=source.station if source else None,
        layout=page.layout,
        program=airing.program,
        title=page.title and without_program(page.title, airing.program),
        segment_title=page.segment_title,
        teaser=page.teaser,
        air_date=airing.day,
        air_date_rule=airing.day_rule,
        published_at=page.published_at.astimezone(UTC) if page.published_at else None,
        updated_at=page.updated_at.astimezone(UTC) if page.updated_at else None,
        audio_url=page.audio_url,
        audio_seconds=page.audio_seconds,
        language=page.language,
        dateline=heard.credited.dateline,
        correction=page.correction or script.correction,
        rights=page.rights or script.rights,
        author_bio=page.author_bio or heard.bio,
        word_count=sum(turn.word_count for turn in turns),
        turn_count=len(turns),
        speaker_count=count_speakers(speech),
    )


def _refused(page: Page, script: Script) -> PageRejected:
    if is_listing(script):
        marks = f"{script.footers} copyright lines" if script.footers > 1 else "the date of each stands above it"
        return PageRejected(NOT_A_TRANSCRIPT, f"a listing of several stories: {marks}")
    if page.expects_transcript:
        return PageRejected(NOT_YET, "the page announces a transcript but holds none yet")
    labels = sum(passage.label is not None and not passage.is_carried for passage in script.passages)
    words = count_spoken_words(script.passages)
    return PageRejected(
        NOT_A_TRANSCRIPT,
        f"{labels} speaker labels in {words} words: a written story, a listing, or its transcript is elsewhere",
    )


def _without_headings(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages without the headings that stand behind the words which call the next one."""
    return [
        passage._replace(text=without_next_headings(passage.text)) if may_end_in_headings(passage.text) else passage
        for passage in passages
    ]


def _airing(
    page: Page, passages: Sequence[Passage], programs: Sequence[Program], zone: tzinfo, others: Sequence[str]
) -> _Airing:
    """The programme is what the page names, then the audio's URL, then what the first words say, then the last.

    `others` are programmes of any network: what is copied may be theirs, by an ident that can be nothing else.
    """
    day, rule = air_date(page.published_at, zone, page.audio_url, (page.canonical_url, page.url))
    program = page.program or program_of_code(audio_program_code(page.audio_url), programs)
    if program is None:
        names = [program.name for program in programs]
        said = (" ".join(own_words(passages[:_OPENING])), *own_words(passages[-1:]))
        program = next((found for text in said if (found := program_of_ident(text, names, day))), None)
        program = program or program_heard(passages, others)
    return _Airing(day, rule, program)


def count_speakers(speech: Iterable[Turn]) -> int:
    """Different people heard: by name, else by label; turns without either count for nobody."""
    return len({turn.speaker_name or turn.speaker_label for turn in speech} - {None})
