"""What part people play, by what they say and what hosts say of them."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles import with_roles
from pipeline.transcribe.script import write_script
from pipeline.transcribe.speakers import speakers_of


def _roles(*paragraphs: str, program: str | None = None, hosts: tuple[str, ...] = ()) -> list[str | None]:
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = speakers_of(passages, spellings, [])
    return [speaker.role for speaker in with_roles(passages, speakers, spellings.text, program, hosts)]


HOST = "ANA DIAZ, HOST: It rains."


@pytest.mark.parametrize(
    ("paragraphs", "role"),
    [
        ((HOST, "ED HALE: Thank you for having me."), "guest"),
        ((HOST, "ED HALE: Hi, Ana. Thanks for having me."), "guest"),
        ((HOST, "ED HALE: It's my pleasure."), "guest"),
        ((HOST, "ED HALE: So great to be here, Ana."), "guest"),
        (("ANA DIAZ, HOST: Ed Hale joins us now.", "ED HALE: It rains."), "guest"),
        (("ANA DIAZ, HOST: Why?", "ED HALE: It rains.", "DIAZ: Ed Hale, thanks for joining us.", "HALE: Ah."), "guest"),
        (("ANA DIAZ, HOST: NPR's Ed Hale joins us now.", "ED HALE: It rains."), "reporter"),
        ((HOST, "ED HALE: It rains. Ed Hale, NPR News, Lowell."), "reporter"),
        ((HOST, "ED HALE: It rains."), None),
        ((HOST, "ED HALE: Thank goodness for rain."), None),
        (("ANA DIAZ: NPR's Jo Fox talks with Ed Hale.", "ED HALE: It rains."), None),
        ((HOST, "TONY: Hello, NPR. This is Tony in Tucson."), "caller"),
        ((HOST, "TONY: Hello, Tony here."), None),
        ((HOST, "SYL DOUG, BYLINE: This is PLANET MONEY from NPR."), "announcer"),
        ((HOST, "SYL DOUG, BYLINE: It rains in Lowell."), "reporter"),
        (("ANA DIAZ: Hello.", "ED HALE: This is FRESH AIR. I'm Ed Hale."), "host"),
        (("ANA DIAZ: Hello.", "ED HALE: I'm Ed Hale, and this is EMBEDDED."), "host"),
        (("ED HALE: I'm Ed Hale, and this is EMBEDDED.", "ANA DIAZ: And I'm Ana Diaz."), "host"),
    ],
)  # fmt: skip
def test_the_last_speakers_role(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert _roles(*paragraphs)[-1] == role


def test_hosts_are_those_who_name_the_pages_programme_or_are_credited() -> None:
    said = ("ANA DIAZ: I'm Ana Diaz. This is Radiolab.", "ED HALE: It rains.")

    assert _roles(*said) == [None, None]
    assert _roles(*said, program="Radiolab") == ["host", None]
    assert _roles(*said, hosts=("Ed Hale",)) == [None, "host"]
