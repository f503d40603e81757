"""Hosts of whom a page prints the surname alone, where neither programme nor day is known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.identify.authority.files import load_authority
from pipeline.identify.authority.hosts import BY_NAME
from pipeline.identify.authority.known_surnames import BY_SURNAME, with_known_surnames
from pipeline.records import Byline, Reading
from tests.lake.factory import Look

OWN = """
network = "NPR"
[[person]]
name = "Zora Quist"
roles = [{ role = "host" }]
[[person]]
name = "Amy Poe-Quist"
roles = [{ role = "host" }]
[[person]]
name = "Mary Hughes"
roles = [{ role = "host", from = 2010 }]
[[person]]
name = "Zoë Ann Soto"
roles = [{ role = "host" }]
[[person]]
name = "Ed Loomer"
roles = [{ role = "host" }]
[[person]]
name = "Flo Loomer"
roles = [{ role = "reporter" }]
[[person]]
name = "Ana Varga"
roles = [{ role = "host", affiliation = "KWET" }]
[[person]]
name = "Vi Quist"
roles = [{ role = "reporter", affiliation = "KWET" }]
[[person]]
name = "Cam Wiggo"
roles = [{ role = "host", program = "Checkpoint", affiliation = "RNZ" }]
[[person]]
name = "Vi Onsted"
roles = [{ role = "host", program = "Rain Hour", affiliation = "KWET" }]
[[person]]
name = "Cy Brandvold"
roles = [{ role = "host", program = "Rain" }, { role = "guest" }]
[[person]]
name = "Vi Guillermo"
roles = [{ role = "host" }]
[[person]]
name = "Gil Zeppo"
roles = [{ role = "other" }]
"""


def page(
    *said: tuple[str, str], day: date | None = None, role: str | None = "host", station: str | None = None
) -> Reading:
    """As kept text is: of no programme, and no network's; of a station that says nothing of NPR, where one is given."""
    made = Look(said=said).ingested().reading
    assert made is not None
    assert made.transcript is not None
    turns = tuple(
        replace(turn, speaker_label=label, speaker_name=None, speaker_role=role, name_rule=None, confidence=None)
        for turn, (label, _) in zip(made.turns, said, strict=True)
    )
    transcript = replace(made.transcript, program=None, air_date=day, npr_id=None, rights=None, station=station)
    return replace(made, turns=turns, bylines=(), transcript=transcript)


@pytest.mark.parametrize(
    ("read", "name", "confidence"),
    [
        (page(("QUIST", "It rains.")), "Zora Quist", BY_SURNAME),
        (page(("QUIST", "It rains."), ("HALE", "Hi, Zora.")), "Zora Quist", BY_NAME),
        (page(("HUGHES", "It rains."), ("HALE", "Thanks, Mary.")), "Mary Hughes", BY_NAME),
        (page(("POE-QUIST", "It rains.")), "Amy Poe-Quist", BY_SURNAME),
        (page(("DE SOTO", "It rains.")), None, None),
        (page(("SOTO", "It rains."), ("HALE", "Thanks, Zoë Ann. We go on.")), "Zoë Ann Soto", BY_NAME),
        (page(("HUGHES", "It rains."), ("HALE", "As Mary Poppins said.")), None, None),  # who is another
        (page(("HUGHES", "It rains."), ("HALE", "A merry Christmas will not mary.")), None, None),  # no name
        (page(("HUGHES", "It rains."), ("HALE", "Thanks.")), None, None),  # too many are called so
        (page(("HUGHES", "It rains."), ("HALE", "Thanks, Mary."), day=date(2001, 1, 1)), None, None),  # not yet
        (page(("LOOMER", "It rains.")), None, None),  # two
        (page(("LOOMER", "It rains."), day=date(2015, 1, 1)), "Ed Loomer", BY_SURNAME),  # of whom one hosts
        (page(("VARGA", "It rains.")), None, None),  # of a station
        (page(("ONSTED", "It rains.")), None, None),  # of a programme that is a station's own
        (page(("BRANDVOLD", "It rains.")), None, None),  # who is others' guest, as his namesakes may be
        (page(("BRANDVOLD", "It rains."), ("HALE", "Thanks, Cy.")), "Cy Brandvold", BY_NAME),
        (page(("GUILLERMO", "It rains.")), None, None),  # a first name
        (page(("WIGGO", "It rains.")), None, None),  # of a country that prints full names
        (page(("ZEPPO", "It rains.")), None, None),  # no work in radio
        (page(("QUIST", "It rains."), role=None), None, None),
        (page(("QUIST", "It rains."), station="KUNC"), None, None),  # who has hosts of its own
        (page(("QUIST", "It rains."), ("HALE", "So Amy Quist said.")), None, None),  # the page speaks of another
        (replace(page(("QUIST", "Hi.")), bylines=(Byline(1, "Amy Quist", None, None, "Amy Quist"),)), None, None),
        (page(("Z. QUIST", "It rains.")), None, None),  # no surname alone
    ],
)
def test_whose_surname_it_is(tmp_path: Path, read: Reading, name: str | None, confidence: float | None) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")

    turn = with_known_surnames(read, load_authority((file,))).turns[0]

    assert (turn.speaker_name, turn.confidence) == (name, confidence)
    assert turn.name_rule == ("authority" if name else None)
