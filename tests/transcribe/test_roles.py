"""What part people play, by what they say and what hosts say of them."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles.callers import with_called_names
from pipeline.transcribe.roles.casting import Setting, with_roles
from pipeline.transcribe.roles.guests import is_announced_guest
from pipeline.transcribe.roles.lead_ins import with_first_speaker, with_hosts_further_down, with_who_tells_the_time
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.called_hosts import with_greeted_hosts, with_named_lead
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.speakers.speaker import Speaker


def _roles(
    *paragraphs: str, program: str | None = None, hosts: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> list[str | None]:
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = speakers_of(passages, spellings, [])
    setting = Setting(spellings.text, program, frozenset(hosts), above)
    return [speaker.role for speaker in with_roles(passages, speakers, setting)]


HOST = "ANA DIAZ, HOST: It rains."
TAPE = "TOM RAY: It rains."


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
        ((HOST, "ED HALE: Jo Fox, welcome back to FRESH AIR."), "host"),
        (("JO FOX: Why?", "HALE: Hey, y'all. Ed Hale here, It Rains Today. Welcome to the show."), "host"),
        (("ANA DIAZ, HOST: It's THE RAIN.", "HALE: I'm Ed Hale. I also cover Congress."), "reporter"),
        ((HOST, "ED HALE: Hi, this is Ed Hale from Lowell, Texas."), "caller"),
        ((HOST, "ED HALE: Hi. My name is Ed Hale (ph), and I live in Lowell."), "caller"),
        ((HOST, "HALE: This is Ed Hale calling."), "caller"),
        (("ANA DIAZ, host: Our randomly chosen winner is Ed Hale.", "Mr. ED HALE (Competition Winner): Hm."), "caller"),
        ((HOST, "JO FOX: Hi, this is Ed Hale from Lowell."), None),
        (("ANA DIAZ, HOST: Ten people met the king of blank.", "ED HALE: Spain."), "guest"),
        ((HOST, "ED HALE: Hi. This is Ed Hale from Lowell. This episode was recorded at..."), "caller"),
        (("ANA DIAZ: Jo Fox talked to me.", "ED HALE: It's The Ed Hale Show on WNYC."), "host"),
        (("ANA DIAZ: And here is your host, in Lowell, Ed Hale.", "ED HALE: Thank you, Ana."), "host"),
        (("ANA DIAZ: Here's your host, in Lowell. His name is Ed Hale.", "ED HALE: Thank you, Ana."), "host"),
        ((HOST, "DIAZ: Today we hear from my friend and co-host Ed Hale.", "ED HALE: It rains."), "host"),
        (("DIAZ: You won.", "ED HALE: Thank you.", "DIAZ: Ed, thank you so much for playing."), "host"),
        (("DIAZ: You won.", "HALE: Hm.", "DIAZ: Ed, thank you so much for playing with us.", "HALE: Bye."), "caller"),
        (("MARY RAY: This is The Rain and All from listener-supported WORLD. I'm Mary Ray.", "RAY: It rains."), "host"),
        (("ANA DIAZ: Rain in Lowell. Ed Hale reports.", "ED HALE: It rains."), "reporter"),
        (("ANA DIAZ, host: It rains.", "ED HALE: It does."), "reporter"),
        (("ANA DIAZ, host: Here are Jo Fox and Ed Hale.", "Mr. JO FOX: Hm.", "ED HALE: So, Jo."), "guest"),
        (("ANA DIAZ, host: It rains.", "Mr. ED HALE (Baker): It does."), "guest"),
        (("ANA DIAZ, host: It rains.", "ED (Caller): It does."), "caller"),
        (("Senator ANA DIAZ (Republican, Maine): It rains.", "ED HALE: It does."), "reporter"),
        (("ANA DIAZ, host: It rains.", "ED HALE: (Singing) It does."), None),
        (("ANA DIAZ, HOST: You're on WAIT WAIT... DON'T TELL ME.", "ED HALE: Hi. How are you?"), "caller"),
        (("ANA DIAZ, HOST: Does it rain?", "ED HALE: It does."), "guest"),
        (("ANA DIAZ, HOST: Rain has come.", "ED HALE: We saw it first.", "DIAZ: He ran.", "HALE: I ran."), None),
        (("ANA DIAZ: It rains. Prime Minister, welcome.", "ED HALE: Thank you."), "guest"),
        (("ANA DIAZ: Good evening. I'm Ana Diaz.", "ED HALE: Thanks for having me."), "guest"),
        (("ED HALE: From NPR and WBEZ Chicago, it rains.", "ANA DIAZ, HOST: Thank you, Ed.", "HALE: Ah."), "announcer"),
        ((HOST, "ED HALE, BYLINE: From NPR and WBEZ Chicago, this is WAIT WAIT, a quiz. I'm Ed Hale."), "announcer"),
        ((HOST, "ED HALE, BYLINE: (As Dr. Rain) It rains."), "other"),
        ((HOST, "ED HALE: Hey, Ana. It rains."), "guest"),
        (("ANA DIAZ, HOST: It rains. Take it away, Ed.", "ED HALE: Rain it is."), "guest"),
        (("ANA DIAZ, HOST: So, Ed, you saw the rain.", "ED HALE: Rain it was."), "guest"),
        (("ANA DIAZ, HOST: Ed, a baker, saw rain.", "ED HALE: Rain it was."), None),
        (("ANA DIAZ, HOST: Here are Jo Fox and Ed Hale.", "JO FOX: It rains.", "ED HALE: It does."), "guest"),
        (("ANA DIAZ, HOST: Jo Fox and Ed Hale were told.", "JO FOX: It rains.", "ED HALE: It does."), None),
        (("ANA DIAZ, HOST: The winner this week is Ed Hale.", "DIAZ: Do you play?", "ED HALE: I do."), "caller"),
        (("ANA DIAZ, HOST: NPR'S Ed Hale reports, it rains.", "ED HALE: Rain is here."), "reporter"),
        (("ANA DIAZ, HOST: heres NPRs Ed Hale.", "ED HALE: Rain is here."), "reporter"),
        (("ANA DIAZ, HOST: Our lucky winner this week is Ed Hale of Lowell.", "ED HALE: Thank you."), "caller"),
        (("ANA DIAZ, HOST: Here is NPR correspondent Ed Hale.", "ED HALE: Nice to be here."), "reporter"),
        (("ANA DIAZ, HOST: Here is Ed Hale of The Post.", "ED HALE: Nice to be here."), "guest"),
        ((TAPE, "JO FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: Al Roe eats.", "AL ROE: Yes.", "FOX: I"), "reporter"),
        ((HOST, "FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: Al Roe eats.", "AL ROE: Yes.", "FOX: So."), "reporter"),
        ((HOST, "FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: And Al?", "AL ROE: Yes.", "FOX: So."), None),
        ((TAPE, "JO FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: Al Roe?", "AL ROE: Why?", "FOX: So."), "host"),
    ],
)  # fmt: skip
def test_the_last_speakers_role(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert _roles(*paragraphs)[-1] == role


def test_a_teaser_names_the_host() -> None:
    said = ("ANA DIAZ: Does it rain?", "ED HALE: It does.")

    assert _roles(*said, above=("In our series, host Ana Diaz talks with Jo Fox about Ed Hale.",)) == ["host", None]
    assert _roles(*said, above=("WPSU's Ana Diaz speaks with Jo Fox.",)) == ["host", None]
    assert _roles(*said, above=("The host of the rain is Ana Diaz.",)) == [None, None]
    assert _roles(*said, above=("NPR's Ed Hale speaks to guest host Ana Diaz.",)) == ["host", None]


@pytest.mark.parametrize(
    "teaser",
    [
        "Host Ana Diaz talks with Ed Hale about rain.",
        "Baker Jo Fox and E.J. Orr of The Post and Ed Hale join Ana to talk about rain.",
        "Olympian Jo Fox joins panelists Al Roe and Ed Hale.",
        "Ana asks Ed Hale, who covers rain for The Post, if it rains.",
        "In an interview with KUT's Ana Diaz, Ed Hale tells of rain.",
    ],
)
def test_a_teaser_names_the_guests(teaser: str) -> None:
    assert _roles(HOST, "ED HALE: (Laughter).", above=(teaser,))[-1] == "guest"


def test_an_outlets_own_whom_the_host_calls_is_a_reporter_whatever_the_teaser_says() -> None:
    above = ("NPR's Ed Hale talks with bakers about rain.",)
    opening = "ANA DIAZ: From NPR News, this is RAIN TODAY. I'm Ana Diaz."

    assert _roles(f"{opening} NPR's Ed Hale is in Lowell.", "ED HALE: It rains.", above=above) == ["host", "reporter"]
    assert _roles("ANA DIAZ: It rains.", "ED HALE: It does.", above=above)[-1] == "host"


def test_who_hosts_elsewhere_is_a_guest_where_he_is_announced() -> None:
    above = ("In every episode, host Ed Hale quizzes his panel.",)
    said = ("ANA DIAZ, HOST: Joining me is the host of RAIN, RAIN...Ed Hale.", "ED HALE: Hi.")

    assert _roles(*said, above=above)[-1] == "guest"


def test_a_surname_that_somebody_says_with_a_slip_is_no_lost_host() -> None:
    said = ("Joining us is Sherry Maraji. Hello.", "GENE FOX, BYLINE: Hey.", "DIAZ: And you?", "MERAJI: I ran.")

    assert _roles(*said)[2:] == ["host", None]


def test_a_reporter_who_is_talked_with_is_no_host() -> None:
    above = ("Our weekly wrap with NPR reporter Ed Hale and Jo Fox.",)

    assert _roles("JO FOX: Ed Hale saw it.", "HALE: I did.", above=above)[-1] is None


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
        (("The following program was taped.", "ANA DIAZ, HOST: It rains."), "announcer"),
        (("From NPR, it's a quiz. I'm Ed Hale. And here again is your host, Ana Diaz.", "DIAZ: Hello."), "announcer"),
        (("UNIDENTIFIED PERSON: The following program was taped.", "ANA DIAZ, HOST: It rains."), "announcer"),
        (("It rains.", "Ed Hale: It does.", "Ana Diaz: Does it?", "Ed Hale: It does."), None),
    ],
)
def test_who_begins_without_a_label(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert _roles(*paragraphs)[0] == role


def test_who_tells_when_a_podcast_was_recorded_is_its_host() -> None:
    passages = [
        Passage(is_cue=False, label=find_label("BETH: Hi."), text="Hi. This podcast was recorded at..."),
        Passage(is_cue=False, label=None, text="2:14 p.m. on Thursday.", is_uncertain=True),
        Passage(is_cue=False, label=find_label("FOX: Hi."), text="It's the NPR POLITICS PODCAST. I'm Jo Fox."),
    ]
    speakers = [Speaker(), Speaker(), Speaker("Jo Fox", "host", rule="ident")]

    told = with_named_lead(passages, with_who_tells_the_time(passages, speakers))

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


@pytest.mark.parametrize(
    ("answer", "other", "name"),
    [
        ("ED HALE: Hi, Ana. It rains.", "JO FOX: Good to be here, Ana.", "Ana Diaz"),
        ("ED HALE: Thanks for having me, Ana.", "JO FOX: It rains.", "Ana Diaz"),
        ("ED HALE: Hi, Ana. It rains.", "JO FOX: Hi, Bea. It rains.", None),
        ("ED HALE: Hi, Jo. It rains.", "JO FOX: It does.", None),
        ("ED HALE: Ana is here.", "JO FOX: Well, Ana saw it.", None),
    ],
)
def test_hosts_are_called_as_those_who_answer_greet_them(answer: str, other: str, name: str | None) -> None:
    said = ["Rain is in the news.", "DIAZ: Welcome.", answer, "DIAZ: And you?", other]
    passages = write_script([Block(text) for text in said], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = with_roles(passages, speakers_of(passages, spellings, []), Setting(spellings.text))

    assert with_greeted_hosts(passages, speakers, spellings)[1].name == name


@pytest.mark.parametrize(("label", "name"), [("DIAZ", "Ana Diaz"), ("AD", None), ("ANA", None)])
def test_initials_and_given_names_are_no_surnames_of_greeted_hosts(label: str, name: str | None) -> None:
    said = [f"{label}: Why?", "ED HALE: Hi, Ana. Rain.", f"{label}: And when?", "HALE: Now."]
    passages = write_script([Block(text) for text in said], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = with_roles(passages, speakers_of(passages, spellings, []), Setting(spellings.text))

    assert speakers[0].role == "host"
    assert with_greeted_hosts(passages, speakers, spellings)[0].name == name


def test_a_host_is_greeted_behind_words_without_a_label() -> None:
    said = [
        "Ed Hale joins us. Hi there, Ed.",
        "ED HALE, BYLINE: Thanks for having me, Ana.",
        "DIAZ: OK.",
        "HALE: Rain.",
    ]
    passages = write_script([Block(text) for text in said], is_all_spoken=True).passages
    passages = (passages[0]._replace(is_lead=True), *passages[1:])
    spellings = Spellings(passage.text for passage in passages)
    speakers = with_roles(passages, speakers_of(passages, spellings, []), Setting(spellings.text))

    assert with_greeted_hosts(passages, speakers, spellings)[2].name == "Ana Diaz"


def test_a_programme_named_across_a_break() -> None:
    said = ("LATIF NABER: We are live.", "LULU MIRREN: I'm Lulu Mirren.", "LATIF: I'm Latif Naber.")

    assert _roles(*said, "LULU: You are listening to Radiolab.", program="Radiolab") == ["host"] * 4


def test_a_programme_opened_without_a_name() -> None:
    said = ("JADE ABEL: This is Radiolab. Today? Rain.", "ED HALE: It rains.", "JADE: So it does.")

    assert _roles(*said, program="Radiolab") == ["host", None, "host"]
    assert _roles(*said) == [None, None, None]


@pytest.mark.parametrize(
    ("first", "said", "roles"),
    [
        ("JO KELL, BYLINE: Ana Orr leaves us.", "Ana is here in the studio with me now.", ["host", "reporter"] * 2),
        ("JO KELL, BYLINE: Ana Orr leaves us.", "Ana is here with the birds.", ["reporter"] * 4),
        ("JO KELL, HOST: Ana Orr leaves us.", "Ana is here with me now.", ["host", "reporter"] * 2),
    ],
)
def test_who_welcomes_others_behind_a_byline_hosts(first: str, said: str, roles: list[str]) -> None:
    assert _roles(first, "ANA ORR, BYLINE: It rains.", f"KELL: {said}", "ORR: It does.") == roles


@pytest.mark.parametrize(
    ("asked", "answer", "roles"),
    [
        ("What is it?", "Rain.", ["guest", "host", "guest", "host", "guest"]),
        ("It is.", "Rain.", [None] * 5),
        ("What is it?", "Is it rain?", [None] * 5),
    ],
)
def test_initials_that_ask_interview(asked: str, answer: str, roles: list[str | None]) -> None:
    said = ("Juana Orr: I began in rain.", "KK: Why?", f"JO: {answer}", f"KK: {asked}", "JO: So it is.")

    assert _roles(*said) == roles


@pytest.mark.parametrize(
    ("paragraphs", "roles"),
    [
        (("ANA DIAZ: Why?", "ED HALE: Rain.", "DIAZ: And when?", "HALE: Now."), ["host", "guest"] * 2),
        (("ANA DIAZ: Why?", "ED HALE: Rain.", "DIAZ: It is.", "HALE: Yes."), [None] * 4),
        (("INTERVIEWER: Why?", "ED HALE: Rain.", "INTERVIEWER: And when?", "HALE: Now."), ["host", "guest"] * 2),
        (("ANA DIAZ: Why?", "ED HALE: Rain?", "DIAZ: And when?", "HALE: Now."), [None] * 4),
        (("HB: Why?", "LM: Rain.", "HB: And when?", "DP: Now."), [None] * 4),
    ],
)  # fmt: skip
def test_who_asks_again_and_again_interviews(paragraphs: tuple[str, ...], roles: list[str | None]) -> None:
    assert _roles(*paragraphs) == roles


def test_who_speaks_by_turns_with_all_others_hosts_a_quiz() -> None:
    said = (
        "DIAZ: Who?",
        "HALE: Ed.",
        "DIAZ: No.",
        "FOX: Jo.",
        "DIAZ: Yes.",
        "ORR: Me?",
        "ROE: Al.",
        "DIAZ: How?",
        "RAY: So.",
    )

    assert _roles(*said)[0] == "host"
    assert _roles(*(text.replace("How?", "Ah.") for text in said))[0] is None


def test_a_talk_that_a_host_plays_has_a_host_of_its_own() -> None:
    told = "BEA ORR, HOST: It's RAIN. Let's go on with Ana's interview with the singer Ed Hale."
    said = ("ANA DIAZ: Tell us how you began.", "ED HALE: My first rain.", "DIAZ: Or your first snow.", "HALE: It was.")

    assert _roles(told, *said) == ["host", "host", "guest", "host", "guest"]
    assert _roles(told.replace("Ana's interview", "Ana Diaz"), *said)[1] is None


def test_who_tells_by_turns_with_a_host_hosts_too() -> None:
    said = (
        "ANA DIAZ, HOST: A rerun.",
        "JO FOX: Ed Hale looks at rain. Ed is not tall.",
        "DIAZ: His job is rain.",
        "ED HALE: There is a wall.",
        "FOX: One day Ed gets a call.",
        "DIAZ: A long one.",
        "FOX: So Ed runs.",
        "HALE: I ran.",
    )

    assert _roles(*said)[1] == "host"
    assert _roles(*(text for text in said if not text.startswith("DIAZ")))[1] == "reporter"


@pytest.mark.parametrize(
    ("before", "role"),
    [
        (("JO FOX, BYLINE: Rain has come.",), None),
        (("JO FOX, BYLINE: Does it rain?",), None),
        (("ANA DIAZ, HOST: Ed Hale is here.",), "guest"),
        (("ANA DIAZ, HOST: Rain has come.", "(SOUNDBITE OF ARCHIVED RECORDING)"), None),
    ],
)
def test_parentheses_make_no_guest_of_a_voice_on_tape(before: tuple[str, ...], role: str | None) -> None:
    assert _roles(HOST, *before, "Mr. ED HALE (Baker): It does.")[-1] == role


def test_who_is_heard_in_a_part_alone_is_an_actor_where_no_film_is_played() -> None:
    said = (
        "ANA DIAZ, HOST: It's RAIN.",
        "ED HALE: (As Terry) It rains.",
        "DIAZ: So it does.",
        "HALE: (As Terry) It does.",
    )

    assert _roles(*said) == ["host", "other"] * 2
    assert _roles(said[0], '(SOUNDBITE OF FILM, "RAIN")', *said[1:])[2] is None
    assert _roles(*said, "HALE: I am Ed.")[1] is None


def test_bare_names_below_offices_in_capitals_are_no_reporters() -> None:
    said = ("ANA DIAZ, host: It rains.", "MAYOR JO FOX: It does.", "ED HALE: It rains.")

    assert _roles(*said)[-1] is None
    assert _roles(*(text.replace("MAYOR", "Mayor") for text in said))[-1] == "reporter"


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Let's bring in Dawn from Lowell.", "Dawn"),
        ("Let's bring in our next caller.", None),
        ("Dawn Orr wrote of rain. Let's bring in Dawn.", None),
    ],
)
def test_callers_have_the_one_name_that_they_are_called_by(called: str, name: str | None) -> None:
    said = [f"ANA DIAZ, HOST: Give us a call. {called} You're on the air.", "DAWN: It rains."]
    passages = write_script([Block(text) for text in said], is_all_spoken=True).passages
    spellings = Spellings(passage.text for passage in passages)
    speakers = with_roles(passages, speakers_of(passages, spellings, []), Setting(spellings.text))

    assert with_called_names(passages, speakers, spellings)[1].name == name


def test_a_host_who_says_you_is_answered_by_a_guest() -> None:
    said = (HOST, "ED HALE: Yes.", "DIAZ: And this is your rain.", "HALE: It is.", "DIAZ: You saw it.", "HALE: Yes.")

    assert _roles(*said)[1] == "guest"
    assert _roles(*(text.replace("you", "the").replace("You", "He") for text in said))[1] is None


def test_who_says_that_somebody_joins_him_hosts_though_he_is_an_outlets_own() -> None:
    above = ("NPR's Ana Diaz talks with Jo Fox.",)
    said = ("ANA DIAZ: Rain in Lowell. NPR's Ana Diaz was there. Jo Fox joins us.", "JO FOX: It rains.")

    assert _roles(*said, above=above) == ["host", "guest"]


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

    assert _roles(*said) == [None] * 5
    assert _roles(*said[:3], said[-1]) == ["host"] * 3 + [None]


def test_who_greets_a_caller_is_of_the_panel() -> None:
    said = (
        "ANA DIAZ, HOST: You're on RAIN TODAY.",
        "LIZ RAY: Hi. This is Liz Ray from Utah.",
        "ED HALE: Hey, Liz. How?",
    )

    assert _roles(*said) == ["host", "caller", "guest"]


def test_a_caption_names_the_host() -> None:
    said = ("ANA DIAZ: One year ago we began.", "ED HALE: It rained.")

    assert _roles(*said, above=("MPR News host Ana Diaz",)) == ["host", None]
    assert _roles(*said, above=("A photo of the host, Ana Diaz",)) == [None, None]


def test_first_names_that_greet_each_other_host() -> None:
    said = ("JUSTUS: Good morning Kirsty.", "KIRSTY: Good morning Justus. We are back.", "JUSTUS: Yeah.")

    assert _roles(*said) == ["host"] * 3


def test_a_page_says_who_hosted_it() -> None:
    said = ("ANA DIAZ: So, Ed, does it rain?", "ED HALE: It does.")

    assert _roles(*said, above=("This episode was hosted by Ana Diaz. It was produced by Jo Fox.",)) == [
        "host",
        "guest",
    ]


def test_hosts_are_those_who_name_the_pages_programme_or_are_credited() -> None:
    said = ("ANA DIAZ: I'm Ana Diaz. This is Radiolab.", "ED HALE: It rains.")

    assert _roles(*said) == [None, None]
    assert _roles(*said, program="Radiolab") == ["host", None]
    assert _roles(*said, hosts=("Ed Hale",)) == [None, "host"]


def test_who_has_no_name_is_announced_by_nobody() -> None:
    assert not is_announced_guest("", "And joining us is puzzlemaster Walt Perrin.")
    assert is_announced_guest("Walt Perrin", "And joining us is puzzlemaster Walt Perrin.")


def test_two_who_give_their_names_in_one_breath_host_whoever_of_them_is_labelled() -> None:
    ana, ed = "ANA DIAZ: Hey, I'm {}.", "ED HALE: {}."
    assert _roles(ana.format("Ana Diaz"), ed.format("Ed Hale")) == ["host", "host"]
    assert _roles(ana.format("Ed Hale"), ed.format("Ana Diaz")) == ["host", "host"]
    assert _roles(ana.format("Ana Diaz"), ed.format("Jo Fox")) != ["host", "host"]


_COLLEAGUES = (
    "ANA DIAZ, HOST: Jo Fox retires after forty years. She spoke with Steven Hale about them.",
    "ED HALE, BYLINE: Do you remember your first day?",
    "JO FOX, BYLINE: I don't. It is a blur.",
    "HALE: And then you went to the South?",
    "FOX: I backed into it.",
)


def test_colleagues_who_talk_are_host_and_guest_where_a_host_says_so() -> None:
    assert _roles(*_COLLEAGUES) == ["host", "host", "guest", "host", "guest"]


def test_colleagues_who_tell_together_are_reporters() -> None:
    told = "ANA DIAZ, HOST: Our reporters Hale and Fox went to the South."
    assert _roles(told, *_COLLEAGUES[1:]) == ["host", *["reporter"] * 4]


def test_a_surname_whom_a_host_presents_as_an_outlets_own_is_no_lost_host() -> None:
    lead = "From NPR News, this is RAIN. I'm Ana Diaz. Here is NPR's national correspondent Jo Fox. Hi, Jo."
    answers = "FOX: It rains.", "DIAZ: Since when?", "FOX: Since noon."
    teaser = "NPR national correspondent Jo Fox explains why it rains."
    assert _roles(lead, *answers, above=(teaser,)) == ["host", "reporter", "host", "reporter"]


@pytest.mark.parametrize(
    ("teaser", "role"),
    [
        ("Book reviewer Ed Hale selects the best of this winter.", "reporter"),
        ("New York Times book reviewer Ed Hale selects the best of this winter.", "guest"),
    ],
)
def test_who_reviews_for_the_programme_is_its_own(teaser: str, role: str) -> None:
    asked = "ANA DIAZ, HOST: It is winter. Welcome back, Ed. What is first on your list?"
    assert _roles(f"{asked} {teaser}", "ED HALE: A book on rain.")[-1] == role


_VOICES = ("Mr. ED HALE (Farmer): It rains.", "Senator JO FOX (Democrat, Iowa): It pours.")


@pytest.mark.parametrize(
    ("before", "behind", "role"),
    [
        ("ANA DIAZ, host: These were voices of the week.", "DIAZ: Voices of the week.", None),
        ("ANA DIAZ, host: These were voices of the week. Ed Hale, does it rain?", "DIAZ: Ah.", "guest"),
        ("ANA DIAZ, host: Our guests have seen rain.", "DIAZ: Ah.", "guest"),
        ("ANA DIAZ, host: It may rain.", "DIAZ: Thanks for joining us.", "guest"),
        ("ANA DIAZ, host: It may rain.", "CY ROE, BYLINE: It does.", "guest"),
    ],
)
def test_voices_whom_hosts_play_one_behind_the_other_are_no_guests(before: str, behind: str, role: str | None) -> None:
    assert _roles(before, *_VOICES, behind)[1] == role


def test_strangers_who_ask_a_host_are_guests() -> None:
    said = ("ANA DIAZ, host: It may rain.", *_VOICES, "Mr. CY ROE (Baker): Great. How are you?", "DIAZ: I'm well.")
    assert _roles(*said)[1:4] == ["guest"] * 3


def test_one_stranger_behind_a_host_is_a_guest() -> None:
    assert _roles("ANA DIAZ, host: It may rain.", _VOICES[0], "DIAZ: It may.")[1] == "guest"


def test_who_is_where_is_a_reporter_on_a_page_that_says_so_of_an_outlets_own() -> None:
    said = (
        "ED HALE, HOST: Jo Fox is at the hotel in Lowell.",
        "JO FOX: It rains.",
        "HALE: And there?",
        "FOX: It does.",
    )
    own = "ANA DIAZ, HOST: NPR's Cy Roe is at the bridge."
    assert _roles(own, *said)[2] == "reporter"
    assert _roles(own.replace("NPR's ", ""), *said)[2] == "guest"


def test_an_outlets_own_is_a_host_where_somebody_says_that_he_hosts_this_programme() -> None:
    lead = "ANA DIAZ, HOST: We are joined by NPR's Jo Fox. {} Hello, Jo."
    asks = ("JO FOX: Hi.", "CY ROE, BYLINE: It rains.", "FOX: Since when?")
    assert _roles(lead.format("She becomes the host of our show next week."), *asks)[1] == "host"
    assert _roles(lead.format("She becomes the host of Rain next week."), *asks)[1] != "host"


def test_a_host_who_sings_first_hosts() -> None:
    said = ("Hey, welcome back to the Rainy Day Project from NPR News.", "DIAZ: (Singing) Rain.", "JO FOX: Well sung.")
    assert _roles(*said, "DIAZ: What is yours?")[:2] == ["host", "host"]
    assert _roles(*said)[1] != "host"


@pytest.mark.parametrize(("told", "role"), [("Ed Hale told us of rain.", None), ("Here is Ed Hale.", "reporter")])
def test_who_has_told_us_is_no_reporter_for_his_bare_name(told: str, role: str | None) -> None:
    assert _roles(f"ANA DIAZ, host: {told}", "ED HALE: It rained.", "Mr. CY ROE (Baker): It did.")[1] == role
