"""What somebody is known for in a year, by all that he was: of a programme, on its panel, elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.identify.authority.entries import Role
from pipeline.identify.authority.keys import program_key
from pipeline.transcribe.evidence.staff import Standing

NETWORK = "NPR"
SENDERS = frozenset((None, NETWORK, "APM", "Marketplace", "PRX", "WAMU", "WBUR", "WHYY", "WNYC", "WORLD"))
"""Whose programmes are heard on many stations. Those of others stay there, or print full names (PBS, BBC)."""


def standing_of(all_roles: Iterable[Role], program: str | None, day: date | None) -> Standing | None:
    """What those are known for who had these roles, on a page of a programme (as it is compared) and a day.

    None where they had none by then that tells.
    """
    roles = [
        role
        for role in all_roles
        if (day is None or has_begun(role, day.year))
        and not _is_over(role, day)
        and (role.role == "host" or is_regular(role) or _may_be_on(role, program))
    ]
    if not roles:
        return None
    hosted = {program_key(role.program): role for role in roles if role.role == "host" and role.program}
    here = hosted.get(program or "")
    hosts_here = here is not None and (day is None or here.may_cover(day.year, 0))
    everything = frozenset(role.role for role in roles if not is_regular(role) or _may_be_on(role, program))
    if everything == {"host"} and day is not None and _hosted_once(roles, day.year):
        everything |= {"guest"}
    regular = frozenset(program_key(role.program) for role in roles if role.program and is_regular(role))
    return Standing(everything, frozenset(hosted), hosts_here, regular)


def has_begun(role: Role, year: int) -> bool:
    """Who hosted once stands in now and then; who will host one day does not yet."""
    return role.first_day is None or role.first_day.year <= year


def _is_over(role: Role, day: date | None) -> bool:
    """Who reported until a year and hosted from then on does not report, on a page without a day either."""
    ended = role.last_day
    return role.role == "reporter" and ended is not None and ended < (day or date.max)


def _hosted_once(roles: Sequence[Role], year: int) -> bool:
    """Whether those who hosted no longer do: they are heard as guests of those who host after them."""
    ends = [role.last_day for role in roles if role.role == "host"]
    return bool(ends) and all(end is not None and end.year < year for end in ends)


def is_regular(role: Role) -> bool:
    """Of a panel: neither host nor reporter of the programme."""
    return role.role == "other" and role.program is not None


def is_met(roles: Iterable[Role], program: str | None) -> bool:
    """Whether who has these roles may be heard on a page: hosts of what many stations send on any, others at home.

    `RYAN:` of a mill in Ohio is not she who hosts in New Zealand.
    """
    return any(
        (role.role != "reporter" and role.affiliation in SENDERS)
        or (role.program is None and role.affiliation in {None, NETWORK})
        or (role.program is not None and program_key(role.program) == program)
        for role in roles
    )


def _may_be_on(role: Role, program: str | None) -> bool:
    """Who is of one programme is nobody's reporter elsewhere."""
    return role.program is None or program_key(role.program) == program
