"""What part people play, by what they say and what hosts say of them."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles import Setting, with_roles
from pipeline.transcribe.script import write_script
from pipeline.transcribe.speakers import speakers_of


def _roles(
    *paragraphs: str, program: str | None = None, hosts: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> list[str | None]:
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = speakers_of(passages, spellings, [])
    setting = Setting(spellings.text, program, frozenset(hosts), above)
    return [speaker.role for speaker in with_roles(passages, speakers, setting)]


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
        (("ED HALE: This is EMBEDDED. I'm Ed Hale.", "ANA DIAZ: I study rain. I'm Ana Diaz, of Lowell."), None),
        (("ED HALE: It's The Ed Hale Show on WNYC.", "ANA DIAZ: Thank you for having me."), "guest"),
        (("ANA DIAZ: Jo Fox talked to me.", "ED HALE: It's The Ed Hale Show on WNYC."), "host"),
        (("ANA DIAZ: And here is your host, in Lowell, Ed Hale.", "ED HALE: Thank you, Ana."), "host"),
        (("ANA DIAZ: Rain in Lowell. Ed Hale reports.", "ED HALE: It rains."), "reporter"),
        (("ANA DIAZ, host: It rains.", "ED HALE: It does."), "reporter"),
        (("ANA DIAZ, host: It rains.", "Mr. ED HALE (Baker): It does."), "guest"),
        (("ANA DIAZ, host: It rains.", "ED (Caller): It does."), "caller"),
        (("ANA DIAZ, host: It rains.", "ED HALE: (Singing) It does."), None),
        (("ANA DIAZ, HOST: You're on WAIT WAIT... DON'T TELL ME.", "ED HALE: Hi. How are you?"), "caller"),
        (("ANA DIAZ, HOST: Does it rain?", "ED HALE: It does."), "guest"),
        (("ANA DIAZ, HOST: Rain has come.", "ED HALE: We saw it first.", "DIAZ: He ran.", "HALE: I ran."), None),
        ((HOST, "ED HALE, BYLINE: From NPR and WBEZ Chicago, this is WAIT WAIT, a quiz. I'm Ed Hale."), "announcer"),
        ((HOST, "ED HALE, BYLINE: (As Dr. Rain) It rains."), "other"),
    ],
)  # fmt: skip
def test_the_last_speakers_role(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert _roles(*paragraphs)[-1] == role


def test_a_teaser_names_the_host() -> None:
    said = ("ANA DIAZ: Does it rain?", "ED HALE: It does.")

    assert _roles(*said, above=("In our series, host Ana Diaz talks with Ed Hale about rain.",)) == ["host", None]
    assert _roles(*said, above=("WPSU's Ana Diaz speaks with Ed Hale.",)) == ["host", None]
    assert _roles(*said, above=("The host of the rain is Ana Diaz.",)) == [None, None]


def test_hosts_are_those_who_name_the_pages_programme_or_are_credited() -> None:
    said = ("ANA DIAZ: I'm Ana Diaz. This is Radiolab.", "ED HALE: It rains.")

    assert _roles(*said) == [None, None]
    assert _roles(*said, program="Radiolab") == ["host", None]
    assert _roles(*said, hosts=("Ed Hale",)) == [None, "host"]
