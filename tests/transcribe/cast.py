"""Paragraphs as a page prints them, to who speaks them and in which part."""

from collections.abc import Sequence

from pipeline.records import Block
from pipeline.transcribe.evidence.staff import NOTHING_KNOWN, Known
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles.casting import with_roles
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.speakers.speaker import Speaker

HOST = "ANA DIAZ, HOST: It rains."
TAPE = "TOM RAY: It rains."


def cast(
    *paragraphs: str,
    program: str | None = None,
    hosts: tuple[str, ...] = (),
    above: tuple[str, ...] = (),
    known: Known = NOTHING_KNOWN,
) -> tuple[Sequence[Passage], Sequence[Speaker], Spellings]:
    """The passages, their speakers, and how the page spells names; `above`: what stands above the transcript;
    `known`: what is known of people beforehand."""
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    setting = Setting(spellings.text, program, frozenset(hosts), above, known=known)
    return passages, with_roles(passages, speakers_of(passages, spellings, []), setting), spellings


def roles_of(
    *paragraphs: str,
    program: str | None = None,
    hosts: tuple[str, ...] = (),
    above: tuple[str, ...] = (),
    known: Known = NOTHING_KNOWN,
) -> list[str | None]:
    """The role of each passage's speaker."""
    return [speaker.role for speaker in cast(*paragraphs, program=program, hosts=hosts, above=above, known=known)[1]]
