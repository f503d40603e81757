"""How reporters sign off («Michele Kelemen, NPR News, the State Department»): with which outlet, and where they are."""

import re

from pipeline.transcribe.evidence.outlets import OUTLET

# "Michele Kelemen, NPR News, the State Department." and "For NPR News, I'm Miguel Macias in Seville, Spain."
_SIGNED_OUTLET = rf"(?P<outlet>{OUTLET}(?: News| Radio)?|[A-Z][\w.' ]{{1,40}} (?:News|Radio|Media))"
_SIGNED_BEHIND = re.compile(rf", {_SIGNED_OUTLET}(?:,(?: (?:in|at|on|from))? (?P<place>[^?!:]{{2,60}}?))?\.?")
_SIGNED_BEFORE = re.compile(
    r"(?:^|[.?!…\"”)] |\n)For (?P<outlet>[A-Z][\w'’&]{0,20}(?: [\w'’&]{1,20}){0,4}), (?:I'm|I’m|this is) $"
)
"""«For Living on Earth, I'm Ana Diaz.»"""
_SAYS_NAME = ("I'm ", "I’m ", "this is ")
_SIGNED_PLACE = re.compile(r"(?: (?:in|at|on|from) (?P<place>[^?!:]{2,60}?))?\.?")
# The abbreviations of states that end in a stop of their own (Associated Press style).
_STATES = frozenset((
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass",
    "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "N.H", "N.J", "N.M", "N.Y", "N.C", "N.D", "Okla", "Ore", "Pa",
    "R.I", "S.C", "S.D", "Tenn", "Vt", "Va", "Wash", "W.Va", "Wis", "Wyo", "D.C",
))  # fmt: skip


def sign_off(text: str, name: str) -> tuple[str, str | None] | None:
    """Outlet and place of a sign-off at the end of a speaker's own words; None where there is none.

    >>> sign_off("That's all. Michele Kelemen, NPR News, the State Department.", "Michele Kelemen")
    ('NPR', 'the State Department')
    >>> sign_off("For NPR News, I'm Bobby Allyn in Paradise, Calif.", "Bobby Allyn")
    ('NPR', 'Paradise, Calif.')
    >>> sign_off("It rains. For Living on Earth, I'm Ana Diaz.", "Ana Diaz")
    ('Living on Earth', None)
    """
    tail = text[-200:]
    at = tail.rfind(name)
    if at < 0:
        return None
    before, behind = tail[:at], tail[at + len(name) :]
    signed = _SIGNED_BEFORE.search(before) if before.endswith(_SAYS_NAME) else None
    found = _SIGNED_PLACE.fullmatch(behind) if signed else _SIGNED_BEHIND.fullmatch(behind)
    if found is None:
        return None
    outlet = (signed or found)["outlet"]
    return outlet.removesuffix(" News") if outlet.split()[0].isupper() else outlet, _place(found["place"])


def _place(printed: str | None) -> str | None:
    """A place without the sentence's stop, but with the stop of a state's abbreviation: `Lisbon`, `Lebanon, Ky.`."""
    if not printed:
        return None
    place = printed.removesuffix(".")
    return f"{place}." if place.split()[-1] in _STATES else place
