"""Roles of those whom files beside the pages know, where a page leaves their part open."""

import pytest

from pipeline.identify.authority.files import load_authority
from pipeline.read.page import read_page
from pipeline.transcribe.evidence.staff import Standing
from pipeline.transcribe.transcript import transcribe
from tests.transcribe.cast import roles_of

RAIN = frozenset(("rain",))
KNOWN = {
    "Ana Diaz": Standing(frozenset(("host",)), RAIN, hosts_here=True),
    "Bea Orr": Standing(frozenset(("host", "reporter")), RAIN, hosts_here=False),
    "Cy Roe": Standing(frozenset(("host",)), frozenset(("snow",)), hosts_here=False),
    "Di Kell": Standing(frozenset(("host",)), RAIN, hosts_here=False),
    "Ed Hale": Standing(frozenset(("reporter",)), frozenset(), hosts_here=False),
    "Flo Ray": Standing(frozenset(("host", "other")), RAIN, hosts_here=True),
    "POE": Standing(frozenset(), frozenset(), hosts_here=False, regular_on=frozenset(("snow",))),
    "ROE": Standing(frozenset(("host",)), frozenset(("snow",)), hosts_here=False),
    "ORR": Standing(frozenset(("host", "reporter")), RAIN, hosts_here=False),
}


@pytest.mark.parametrize(
    ("paragraphs", "roles"),
    [
        (("JO FOX: It rains.", "ANA DIAZ: It does.", "JO FOX: It did."), [None, "host", None]),  # the page's own host
        (("ANA DIAZ: Why?", "JO FOX: Rain.", "ANA DIAZ: Since when?", "JO FOX: Now."), ["host", "guest"] * 2),
        (("JO FOX: It rains.", "Ms. ANA DIAZ (Farmer): It does."), ["reporter", None]),  # a namesake
        (("JO FOX: Tell me.", "ANA DIAZ: Thanks for having me."), [None, None]),
        (("JO FOX: Here is our guest Ana Diaz.", "ANA DIAZ: It rains."), ["host", "guest"]),
        (("JO FOX: It rains.", "FLO RAY: It does."), [None, None]),  # host and panellist
        (("JO FOX: It rains.", "ED HALE: It does."), [None, "reporter"]),
        (("JO FOX, HOST: Is it raining?", "ED HALE: It is."), ["host", "reporter"]),  # and no guest
        (("ED HALE: It rains. Jo Fox reports.", "JO FOX: It does."), ["host", "reporter"]),  # who stands in for a host
        (("GIL ROE: It rains.", "CY ROE: It does.", "ROE: It did."), [None, "host", None]),  # which of the two?
        (("Ms. JO FOX (Farmer): It rains.", "ANA DIAZ: It does."), ["guest", "host"]),  # beside a stranger
        (("CY ROE: It rains.", "JO FOX: It does."), ["host", None]),  # who hosts others, heard first
        (("JO FOX: It rains.", "CY ROE: It does."), [None, None]),
        (("JO FOX: It rains.", "CY ROE: Does it?", "JO FOX: It does."), [None, "host", None]),  # who asks
        (("JO FOX: Why?", "CY ROE: It rains.", "JO FOX: It does."), [None, None, None]),  # who is asked
        (("JO FOX: Why?", "CY ROE: It rains.", "GIL POE: It does."), [None, "host", None]),  # amid several
        (("FOX: Why?", "ROE: It rains.", "LEE: It does."), [None, None, None]),  # or a namesake
        (("JO FOX, HOST: It rains.", "CY ROE: Does it?", "JO FOX, HOST: Yes."), ["host", None, "host"]),
        (("CY ROE: It rains, Poe.", "POE: It does."), ["host", "guest"]),  # of the host's panel
        (("ANA DIAZ: It rains, Poe.", "POE: It does."), ["host", None]),  # of another's
        (("ROE: It rains.", "POE: Does it?", "ROE: Yes.", "POE: Really?"), ["host", "guest"] * 2),  # amid his panel
        (("JO FOX: It rains, Orr says.", "ORR: It does."), [None, "host"]),  # what is left of a host's label
        (("ANA DIAZ, HOST: It rains.", "ORR: It does."), ["host", "host"]),  # beside one of his programme
        (("ANA DIAZ, HOST: It rains.", "BEA ORR: It does."), ["host", None]),
        (("ANA DIAZ, HOST: It rains.", "DI KELL: It does."), ["host", "host"]),  # who hosted it and no more
        (("ANA DIAZ, HOST: It rains.", "DI KELL: Does it?", "JO FOX: It does."), ["host", "host", "guest"]),
    ],
)
def test_who_is_known(paragraphs: tuple[str, ...], roles: list[str | None]) -> None:
    assert roles_of(*paragraphs, known=KNOWN.get) == roles
    assert roles_of("GIL POE: It snows.", known=KNOWN.get) == [None]


@pytest.mark.parametrize(
    ("first", "role"),
    [
        ("[RADIOLAB INTRO]", "reporter"),
        ("JO FOX: It rains. This is Radiolab.", "reporter"),
        ("JO FOX: Radiolab is a programme.", None),
    ],
)
def test_a_programme_is_known_by_its_ident_or_the_sound_of_it(first: str, role: str | None) -> None:
    said = (
        "JO FOX: It rained.",
        "MOLLY WEBSTER: It did.",
        "JO FOX: It rained for days, and nobody went out of the house.",
        "MOLLY WEBSTER: It did so, on and on.",
    )
    page = read_page("\n\n".join((first, *said)).encode(), url=None, content_type="text/plain")
    turns = transcribe(page, None, [], staff=load_authority()).turns
    assert {turn.speaker_role for turn in turns if turn.speaker_name == "Molly Webster"} == {role}
