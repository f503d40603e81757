"""What part people play, where their labels do not say it: one way after another to know it, the surest first."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.transcribe.roles.guests import give_guests
from pipeline.transcribe.roles.interviews import give_host_of_colleague, give_interviewer, give_interviewer_on_tape
from pipeline.transcribe.roles.known_staff import give_known_staff
from pipeline.transcribe.roles.lead_ins import with_first_speaker, with_hosts_behind_openers, with_hosts_further_down
from pipeline.transcribe.roles.lost_hosts import give_host_behind_byline, give_lost_hosts
from pipeline.transcribe.roles.narrators import give_narrators
from pipeline.transcribe.roles.own_words import announced_by_nobody, give_own_roles
from pipeline.transcribe.roles.presenters import give_hosts
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.roles.story_bringers import give_story_bringers
from pipeline.transcribe.roles.tape import voices_on_tape
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.parts import Cast, cast_of
from pipeline.transcribe.speakers.speaker import Speaker


def with_roles(passages: Sequence[Passage], speakers: Sequence[Speaker], page: Setting) -> list[Speaker]:
    """The speakers with the roles that the page's words give them; a role that a label prints stands, but for BYLINE.

    NPR prints BYLINE also before announcers (`SYLVIE DOUGLIS, BYLINE: This is PLANET MONEY from NPR.`).
    """
    speakers = with_hosts_further_down(passages, with_hosts_behind_openers(passages, speakers))
    speakers = with_first_speaker(passages, speakers)
    cast = cast_of(passages, speakers)
    give_own_roles(cast, passages, page)
    give_known_staff(cast, page.known, page.text)
    give_hosts(cast)
    give_host_behind_byline(cast)
    give_lost_hosts(cast, passages, page)
    give_interviewer(cast)
    give_interviewer_on_tape(cast)
    give_host_of_colleague(cast)
    give_story_bringers(cast)
    give_guests(cast, page.above)
    if give_narrators(cast):
        give_guests(cast, page.above)
    return _with_roles_of(cast, passages, speakers)


def _with_roles_of(cast: Cast, passages: Sequence[Passage], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers with the roles that a cast has been given."""
    on_tape = voices_on_tape(cast)
    renewed: dict[tuple[int, str | None], Speaker] = {}  # most passages of somebody share one speaker
    found = []
    for key, passage, speaker in zip(cast.keys, passages, speakers, strict=True):
        role = cast.roles.get(key or "") or announced_by_nobody(passage, speaker)
        whose = id(speaker), role
        if whose not in renewed:
            renewed[whose] = replace(speaker, role=None) if key in on_tape else _renewed(speaker, role)
        found.append(renewed[whose])
    return found


def _renewed(speaker: Speaker, role: str | None) -> Speaker:
    return replace(speaker, role=role) if role is not None and role != speaker.role else speaker
