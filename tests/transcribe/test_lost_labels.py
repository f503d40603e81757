"""Who speaks, and in which part, where extractors lost labels: at the beginning, behind gaps, of hosts alone."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles.casting import with_roles
from pipeline.transcribe.roles.lead_ins import with_first_speaker, with_hosts_behind_openers, with_hosts_further_down
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.called_hosts import with_named_lead
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.speakers.speaker import Speaker
from tests.transcribe.cast import cast, roles_of


def test_a_surname_that_somebody_says_with_a_slip_is_no_lost_host() -> None:
    said = ("Joining us is Sherry Maraji. Hello.", "GENE FOX, BYLINE: Hey.", "DIAZ: And you?", "MERAJI: I ran.")

    assert roles_of(*said)[2:] == ["host", None]


@pytest.mark.parametrize(
    ("paragraphs", "role"),
    [
        (("We turn now to rain. Ed Hale has been there.", "ED HALE, BYLINE: It rains."), "host"),
        (("And it's time to play.", "DIAZ: Joining us is Ed Hale.", "ED HALE: It rains."), "host"),
        (("Peter, a player won. What did he do?", "PETER HALE: He ran."), "host"),
        (("Rain has come.", "Ed Hale has been there.", "ED HALE: It rains."), "host"),
        (("It rained.", "DIAZ: Many said so.", "HALE: And they went."), "host"),
        (("DIAZ: Here is a story.", "Mr. ED HALE (Baker): It rained.", "DIAZ: So it did."), "host"),
        (("MAYOR DIAZ: It rains.", "ED HALE: So it does.", "MAYOR DIAZ: And how."), None),
        (("Here's Jo Fox from member station WAMU.", "ED HALE: Step in.", "JO FOX: All right."), "host"),
        (("A front has come.", "ED HALE: I am for rain.", "DIAZ: So the rain could come."), "host"),
        (("He left before the rain.", "ED HALE: I called him.", "DIAZ: Many have left."), None),
        (("Hi, NPR. I live in Lowell.", "ANA DIAZ, HOST: It rains."), None),
        (("cutive director of the Rain Alliance.", "ED HALE: I called him.", "DIAZ: Many have left."), None),
        (("The following program was taped.", "ANA DIAZ, HOST: It rains."), "announcer"),
        (("From NPR, it's a quiz. I'm Ed Hale. And here again is your host, Ana Diaz.", "DIAZ: Hello."), "announcer"),
        (("UNIDENTIFIED PERSON: The following program was taped.", "ANA DIAZ, HOST: It rains."), "announcer"),
        (("It rains.", "Ed Hale: It does.", "Ana Diaz: Does it?", "Ed Hale: It does."), None),
    ],
)
def test_who_begins_without_a_label(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert roles_of(*paragraphs)[0] == role


def test_who_tells_when_a_podcast_was_recorded_is_its_host() -> None:
    passages = [
        Passage(is_cue=False, label=find_label("BETH: Hi."), text="Hi. This podcast was recorded at..."),
        Passage(is_cue=False, label=None, text="2:14 p.m. on Thursday.", is_uncertain=True),
        Passage(is_cue=False, label=find_label("FOX: Hi."), text="It's the NPR POLITICS PODCAST. I'm Jo Fox."),
    ]
    speakers = [Speaker(), Speaker(), Speaker("Jo Fox", "host", rule="ident")]

    told = with_named_lead(passages, with_hosts_behind_openers(passages, speakers))

    assert (told[1].name, told[1].role, told[1].rule) == ("Jo Fox", "host", "mention")
    turned = [passages[0], passages[2], passages[1]]
    assert with_named_lead(turned, [speakers[0], speakers[2], Speaker(role="host")])[2].name is None


def test_a_surname_whose_full_name_the_teaser_gives_hosts_a_page_that_lost_labels() -> None:
    said = ["Ed Hale joins me now.", "ED HALE (Baker): First, rain.", "DIAZ: Right.", "HALE: Then snow."]
    passages = write_script([Block(text) for text in said], is_all_spoken=True).passages
    spellings = Spellings([*(passage.text for passage in passages), "Ana Diaz and Ed Hale review the rain."])

    speakers = with_roles(passages, speakers_of(passages, spellings, []), Setting(spellings.text))

    assert [(speaker.name, speaker.role) for speaker in speakers][2] == ("Ana Diaz", "host")


def test_two_hosts_begin_in_turn_where_both_labels_are_lost() -> None:
    passages = [
        Passage(is_cue=False, label=None, text="Rain is here.", is_lead=True),
        Passage(is_cue=False, label=None, text="Ed Hale has seen it.", is_uncertain=True, is_lead=True),
        Passage(is_cue=False, label=find_label("ED HALE, BYLINE: I saw it."), text="I saw it."),
    ]

    speakers = with_first_speaker(passages, [Speaker(), Speaker(), Speaker(role="reporter")])

    assert [speaker.role for speaker in speakers] == ["host", "host", "reporter"]


def test_surnames_alone_are_hosts_where_words_without_a_label_stand_further_down() -> None:
    passages = [
        Passage(is_cue=False, label=find_label("ED HALE: Eat."), text="Eat."),
        Passage(is_cue=False, label=None, text="That's it?", is_uncertain=True),
        Passage(is_cue=False, label=find_label("HALE: Yes."), text="Yes."),
        Passage(is_cue=False, label=find_label("DIAZ: Wait."), text="Wait a minute."),
        Passage(is_cue=False, label=find_label("FOREIGNER: (Singing)"), text="(Singing) Rain."),
    ]
    speakers = [Speaker("Ed Hale"), Speaker(), Speaker("Ed Hale"), Speaker(), Speaker()]

    assert [speaker.role for speaker in with_roles(passages, speakers, Setting(""))][3:] == ["host", None]


def test_words_behind_a_gap_are_those_of_a_host_whose_label_is_lost() -> None:
    gap = Passage(is_cue=False, label=None, text="You shouldn't have to.", is_uncertain=True)
    passages = [
        Passage(is_cue=False, label=find_label("ED HALE: I ran."), text="I ran."),
        gap,
        Passage(is_cue=False, label=find_label("DIAZ: Rain."), text="Rain."),
        Passage(is_cue=False, label=find_label("JO FOX, BYLINE: It rains."), text="It rains."),
        gap,
    ]

    found = with_hosts_further_down(passages, [Speaker()] * 5)

    assert [speaker.role for speaker in found] == [None, "host", None, None, None]
    assert with_hosts_further_down(passages[:2], [Speaker()] * 2) == [Speaker()] * 2


def test_a_page_that_begins_in_the_midst_of_a_programme_has_no_four_hosts() -> None:
    said = ("DIAZ: It rains.", "HALE: It does.", "FOX: So it does.", "ORR: And how.", "MARY ROE: It snows.")

    assert roles_of(*said) == [None] * 5
    assert roles_of(*said[:3], said[-1]) == [None] * 4
    assert roles_of("It pours.", *said[:3], said[-1]) == ["host"] * 4 + [None]


@pytest.mark.parametrize(
    ("paragraphs", "role"),
    [
        (("DIAZ: Ed Hale was a baker for forty years, and he baked.", "ED HALE: It was fine."), "reporter"),
        (("ED HALE: It was fine.", "DIAZ: Hale baked for forty years, and then it rained."), "reporter"),
        (("HALE: It was fine.", "DIAZ: But Hale shut the bakery, and then it rained.", "JO FOX: It did."), "reporter"),
        (("DIAZ: In the town of Lowell, says Ed Hale, it rains.", "HALE: (Through interpreter) It does."), "reporter"),
        (
            ("JO FOX: It rained.", "(SOUNDBITE OF RAIN)", "DIAZ: Jo Fox keeps her bees in the hills of Vermont."),
            "reporter",
        ),
        (("DIAZ: Ed Hale of the bakers' union. Thank you very much for that.", "HALE: My pleasure."), "host"),
        (("DIAZ: That's hard, and this week's winner is Ed Hale.", "ED HALE: Well, thank you."), "host"),
        (("DIAZ: Ed Hale baked for forty years. What did you bake?", "ED HALE: Bread."), "host"),
        (("ED HALE: It was fine.", "DIAZ: It rained, and the bakery was shut for a year."), None),
        (("DIAZ: Ed Hale.", "HALE: It was fine."), None),
    ],
)
def test_who_tells_of_a_voice_beside_him_amid_a_report_is_no_host(paragraphs: tuple[str, ...], role: str) -> None:
    passages, speakers, _ = cast(*paragraphs)
    found = [one.role for passage, one in zip(passages, speakers, strict=True) if passage.label]
    printed = [passage.label.printed for passage in passages if passage.label]
    assert found[printed.index("DIAZ")] == role


def test_a_surname_whom_a_host_presents_as_an_outlets_own_is_no_lost_host() -> None:
    lead = "From NPR News, this is RAIN. I'm Ana Diaz. Here is NPR's national correspondent Jo Fox. Hi, Jo."
    answers = "FOX: It rains.", "DIAZ: Since when?", "FOX: Since noon."
    teaser = "NPR national correspondent Jo Fox explains why it rains."
    assert roles_of(lead, *answers, above=(teaser,)) == ["host", "reporter", "host", "reporter"]


def test_a_host_who_sings_first_hosts() -> None:
    said = ("Hey, welcome back to the Rainy Day Project from NPR News.", "DIAZ: (Singing) Rain.", "JO FOX: Well sung.")
    assert roles_of(*said, "DIAZ: What is yours?")[:2] == ["host", "host"]
    assert roles_of(*said)[1] != "host"


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("ZOE QUIST, HOST:", "QUIST: It rains."), [("ZOE QUIST", "Zoe Quist", "host")]),
        (("ZOE QUIST, HOST:", "(APPLAUSE)", "QUIST: Hi."), [(None, None, None), ("ZOE QUIST", "Zoe Quist", "host")]),
        (("ZOE QUIST, HOST:", "HALE: It rains."), [("HALE", None, "host")]),
    ],
)
def test_a_label_whose_words_are_lost_is_whole_before_its_surname(
    paragraphs: tuple[str, ...], said: list[tuple[str | None, str | None, str | None]]
) -> None:
    passages, speakers, _ = cast("ED FOX, BYLINE: It snows.", *paragraphs)

    found = zip(passages[1:], speakers[1:], strict=True)
    assert [(passage.label and passage.label.printed, one.name, one.role) for passage, one in found] == said
