"""Which part people play who do not host, by what they say and what hosts say of them."""

from itertools import chain

import pytest

from pipeline.transcribe.roles.guests import is_announced_guest
from tests.transcribe.cast import HOST, TAPE, roles_of


@pytest.mark.parametrize(
    ("paragraphs", "role"),
    [
        ((HOST, "ED HALE: Thank you for having me."), "guest"),
        ((HOST, "ED HALE: Hi, Ana. Thanks for having me."), "guest"),
        ((HOST, "ED HALE: It's my pleasure."), "guest"),
        (
            (
                "ANA DIAZ, host: A week of rain. Ed Hale was there.", "Mr. ED HALE (Farmer): All of it is gone.",
                "DIAZ: Days later it rained on.", "Ms. JO FOX (Baker): Nothing is dry.",
            ),
            None,
        ),
        ((HOST, "ED HALE: Hello, this is Ed.", "DIAZ: Hi.", "HALE: Thank you for having us."), "guest"),
        ((HOST, "ED HALE: So great to be here, Ana."), "guest"),
        (("ANA DIAZ, HOST: Ed Hale joins us now.", "ED HALE: It rains."), "guest"),
        (("ANA DIAZ, HOST: Why?", "ED HALE: It rains.", "DIAZ: Ed Hale, thanks for joining us.", "HALE: Ah."), "guest"),
        (("ANA DIAZ, HOST: NPR's Ed Hale joins us now.", "ED HALE: It rains."), "reporter"),
        ((HOST, "UNIDENTIFIED PERSON, BYLINE: This is PLANET MONEY from NPR."), "announcer"),
        ((HOST, "UNIDENTIFIED PERSON, BYLINE: It rains."), "reporter"),
        ((HOST, "ED HALE: It rains. Ed Hale, NPR News, Lowell."), "reporter"),
        (("ANA DIAZ, HOST: We put out a call. Hey, are you Ed?", "ED: Yep."), "guest"),
        (("ANA DIAZ, HOST: We'll take a call. Are you Ed?", "ED: Yep."), "caller"),
        (("ANA DIAZ, HOST: It drew this from KUT listener Ed Hale.", "ED HALE: I like rain."), "caller"),
        (("ANA DIAZ, HOST: It drew this from listener Ed Hale of Utica, New York:", "ED HALE: I like it."), "caller"),
        (("ANA DIAZ, HOST: A listener, Ed Hale, saw the rain.", "ED HALE: I like rain."), None),
        ((HOST, "ED HALE: It rains. For Living on Rain, I'm Ed Hale."), "reporter"),
        ((HOST, "ED HALE: It rains, and for Living on Rain, I'm Ed Hale."), None),
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
        ((HOST, "ED HALE: Hello. I'm Ed Hale from NewsChannel 8."), None),
        ((HOST, "ED HALE: Hi, I'm Ed Hale from KUT."), "reporter"),
        ((HOST, "ED HALE: Hi, I'm Ed Hale from Lowell."), "caller"),
        ((HOST, "HALE: This is Ed calling from Dayton."), "caller"),
        ((HOST, "HALE: Ed is calling from Dayton."), None),
        (("ANA DIAZ, host: Our randomly chosen winner is Ed Hale.", "Mr. ED HALE (Competition Winner): Hm."), "caller"),
        ((HOST, "JO FOX: Hi, this is Ed Hale from Lowell."), None),
        (("ANA DIAZ, HOST: Ten people met the king of blank.", "ED HALE: Spain."), "guest"),
        ((HOST, "ED HALE: Hi. This is Ed Hale from Lowell. This episode was recorded at..."), "caller"),
        ((HOST, "ED: This is Ed from Lowell, Texas. I won a race. This podcast was recorded at..."), "caller"),
        (("ED HALE: Rain is wet.", "JO FOX: I’m joined by Ed Hale."), "host"),
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
        (("ANA DIAZ, HOST: I asked the museum: who is this?", "ED HALE: It is a queen."), "guest"),
        (("ANA DIAZ, HOST: Here is NPR correspondent Ed Hale.", "ED HALE: Nice to be here."), "reporter"),
        (("ANA DIAZ, HOST: Here is Ed Hale of The Post.", "ED HALE: Nice to be here."), "guest"),
        ((TAPE, "JO FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: Al Roe eats.", "AL ROE: Yes.", "FOX: I"), "reporter"),
        ((HOST, "FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: And Al?", "AL ROE: Yes.", "FOX: So."), None),
        ((TAPE, "JO FOX: Ed Hale bakes.", "ED HALE: I do.", "FOX: Al Roe?", "AL ROE: Why?", "FOX: So."), "host"),
    ],
)  # fmt: skip
def test_the_last_speakers_role(paragraphs: tuple[str, ...], role: str | None) -> None:
    assert roles_of(*paragraphs)[-1] == role


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
    assert roles_of(HOST, "ED HALE: (Laughter).", above=(teaser,))[-1] == "guest"


def test_an_outlets_own_whom_the_host_calls_is_a_reporter_whatever_the_teaser_says() -> None:
    above = ("NPR's Ed Hale talks with bakers about rain.",)
    opening = "ANA DIAZ: From NPR News, this is RAIN TODAY. I'm Ana Diaz."

    assert roles_of(f"{opening} NPR's Ed Hale is in Lowell.", "ED HALE: It rains.", above=above) == ["host", "reporter"]
    assert roles_of("ANA DIAZ: It rains.", "ED HALE: It does.", above=above)[-1] == "host"


def test_who_hosts_elsewhere_is_a_guest_where_he_is_announced() -> None:
    above = ("In every episode, host Ed Hale quizzes his panel.",)
    said = ("ANA DIAZ, HOST: Joining me is the host of RAIN, RAIN...Ed Hale.", "ED HALE: Hi.")

    assert roles_of(*said, above=above)[-1] == "guest"


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
    assert roles_of(HOST, *before, "Mr. ED HALE (Baker): It does.")[-1] == role


def test_who_is_heard_in_a_part_alone_is_an_actor_where_no_film_is_played() -> None:
    said = (
        "ANA DIAZ, HOST: It's RAIN.",
        "ED HALE: (As Terry) It rains.",
        "DIAZ: So it does.",
        "HALE: (As Terry) It does.",
    )

    assert roles_of(*said) == ["host", "other"] * 2
    assert roles_of(said[0], '(SOUNDBITE OF FILM, "RAIN")', *said[1:])[2] is None
    assert roles_of(*said, "HALE: I am Ed.")[1] is None


def test_bare_names_below_offices_in_capitals_are_no_reporters() -> None:
    said = ("ANA DIAZ, host: It rains.", "MAYOR JO FOX: It does.", "ED HALE: It rains.")

    assert roles_of(*said)[-1] is None
    assert roles_of(*(text.replace("MAYOR", "Mayor") for text in said))[-1] == "reporter"


def test_a_host_who_says_you_is_answered_by_a_guest() -> None:
    said = (HOST, "ED HALE: Yes.", "DIAZ: And this is your rain.", "HALE: It is.", "DIAZ: You saw it.", "HALE: Yes.")

    assert roles_of(*said)[1] == "guest"
    assert roles_of(*(text.replace("you", "the").replace("You", "He") for text in said))[1] is None


def test_who_greets_a_caller_is_of_the_panel() -> None:
    said = (
        "ANA DIAZ, HOST: You're on RAIN TODAY.",
        "LIZ RAY: Hi. This is Liz Ray from Utah.",
        "ED HALE: Hey, Liz. How?",
    )

    assert roles_of(*said) == ["host", "caller", "guest"]


@pytest.mark.parametrize(
    ("teaser", "role"),
    [
        ("Rain’s Ed Hale reports on snow in Utica.", "reporter"),
        ("Ed Hale of Rain Radio offers a reporter's notebook.", "reporter"),
        ("Snow is back. Ed Hale has the story.", "reporter"),
        ("Ed Hale reports that it snows.", None),
        ("Ed Hale has snow.", None),
    ],
)
def test_a_teaser_names_the_reporters(teaser: str, role: str | None) -> None:
    assert roles_of(HOST, "ED HALE: It snows.", above=(teaser,))[1] == role


def test_who_has_no_name_is_announced_by_nobody() -> None:
    assert not is_announced_guest("", "And joining us is puzzlemaster Walt Perrin.")
    assert is_announced_guest("Walt Perrin", "And joining us is puzzlemaster Walt Perrin.")


@pytest.mark.parametrize(
    ("teaser", "role"),
    [
        ("Book reviewer Ed Hale selects the best of this winter.", "reporter"),
        ("New York Times book reviewer Ed Hale selects the best of this winter.", "guest"),
    ],
)
def test_who_reviews_for_the_programme_is_its_own(teaser: str, role: str) -> None:
    asked = "ANA DIAZ, HOST: It is winter. Welcome back, Ed. What is first on your list?"
    assert roles_of(f"{asked} {teaser}", "ED HALE: A book on rain.")[-1] == role


VOICES = ("Mr. ED HALE (Farmer): It rains.", "Senator JO FOX (Democrat, Iowa): It pours.")


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
    assert roles_of(before, *VOICES, behind)[1] == role


@pytest.mark.parametrize(("second", "role"), [("Well, it did.", "guest"), ("The lake.", None)])
def test_who_says_yes_to_what_a_host_asks_is_heard_by_him(second: str, role: str | None) -> None:
    tales = [("ANA DIAZ, HOST: It rained.", "HALE: So.")] * 5
    tape = ["JO FOX: It was dark.", "ANA DIAZ, HOST: It rained.", "ED HALE: It was dark.", "JO FOX: Dark."]
    asked = ["ANA DIAZ, HOST: Was it cold?", "HALE: Yes.", "ANA DIAZ, HOST: What froze?", f"HALE: {second}"]
    assert roles_of("ANA DIAZ, HOST: It was cold.", *tape, *chain(*tales), *asked)[-1] == role


def test_strangers_who_ask_a_host_are_guests() -> None:
    said = ("ANA DIAZ, host: It may rain.", *VOICES, "Mr. CY ROE (Baker): Great. How are you?", "DIAZ: I'm well.")
    assert roles_of(*said)[1:4] == ["guest"] * 3


def test_one_stranger_behind_a_host_is_a_guest() -> None:
    assert roles_of("ANA DIAZ, host: It may rain.", VOICES[0], "DIAZ: It may.")[1] == "guest"


def test_who_is_where_is_a_reporter_on_a_page_that_says_so_of_an_outlets_own() -> None:
    said = (
        "ED HALE, HOST: Jo Fox is at the hotel in Lowell.",
        "JO FOX: It rains.",
        "HALE: And there?",
        "FOX: It does.",
    )
    own = "ANA DIAZ, HOST: NPR's Cy Roe is at the bridge."
    assert roles_of(own, *said)[2] == "reporter"
    assert roles_of(own.replace("NPR's ", ""), *said)[2] == "guest"


@pytest.mark.parametrize(("told", "role"), [("Ed Hale told us of rain.", None), ("Here is Ed Hale.", "reporter")])
def test_who_has_told_us_is_no_reporter_for_his_bare_name(told: str, role: str | None) -> None:
    assert roles_of(f"ANA DIAZ, host: {told}", "ED HALE: It rained.", "Mr. CY ROE (Baker): It did.")[1] == role
