"""Who hosts, by what he says, by what others say of him, and by who answers whom."""

import pytest

from tests.transcribe.cast import roles_of


def test_a_teaser_names_the_host() -> None:
    said = ("ANA DIAZ: Does it rain?", "ED HALE: It does.")

    assert roles_of(*said, above=("In our series, host Ana Diaz talks with Jo Fox about Ed Hale.",)) == ["host", None]
    assert roles_of(*said, above=("WPSU's Ana Diaz speaks with Jo Fox.",)) == ["host", None]
    assert roles_of(*said, above=("The host of the rain is Ana Diaz.",)) == [None, None]
    assert roles_of(*said, above=("NPR's Ed Hale speaks to guest host Ana Diaz.",)) == ["host", None]


def test_a_reporter_who_is_talked_with_is_no_host() -> None:
    above = ("Our weekly wrap with NPR reporter Ed Hale and Jo Fox.",)

    assert roles_of("JO FOX: Ed Hale saw it.", "HALE: I did.", above=above)[-1] is None


def test_a_programme_named_across_a_break() -> None:
    said = ("LATIF NABER: We are live.", "LULU MIRREN: I'm Lulu Mirren.", "LATIF: I'm Latif Naber.")

    assert roles_of(*said, "LULU: You are listening to Radiolab.", program="Radiolab") == ["host"] * 4


def test_a_programme_named_by_two_together() -> None:
    said = ("LATIF NABER: I'm Latif Naber.", "LULU MIRREN: I'm Lulu Mirren.", "JO FOX: It rains.")

    assert roles_of(*said, "NABER + MIRREN: You are listening to Radiolab.")[:3] == ["host", "host", None]


@pytest.mark.parametrize(
    ("first", "said", "roles"),
    [
        ("JO KELL, BYLINE: Ana Orr leaves us.", "Ana is here in the studio with me now.", ["host", "reporter"] * 2),
        ("JO KELL, BYLINE: Ana Orr leaves us.", "Ana is here with the birds.", ["reporter"] * 4),
        ("JO KELL, HOST: Ana Orr leaves us.", "Ana is here with me now.", ["host", "reporter"] * 2),
    ],
)
def test_who_welcomes_others_behind_a_byline_hosts(first: str, said: str, roles: list[str]) -> None:
    assert roles_of(first, "ANA ORR, BYLINE: It rains.", f"KELL: {said}", "ORR: It does.") == roles


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

    assert roles_of(*said) == roles


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
    assert roles_of(*paragraphs) == roles


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

    assert roles_of(*said)[0] == "host"
    assert roles_of(*(text.replace("How?", "Ah.") for text in said))[0] is None


def test_a_talk_that_a_host_plays_has_a_host_of_its_own() -> None:
    told = "BEA ORR, HOST: It's RAIN. Let's go on with Ana's interview with the singer Ed Hale."
    said = ("ANA DIAZ: Tell us how you began.", "ED HALE: My first rain.", "DIAZ: Or your first snow.", "HALE: It was.")

    assert roles_of(told, *said) == ["host", "host", "guest", "host", "guest"]
    assert roles_of(told.replace("Ana's interview", "Ana Diaz"), *said)[1] is None


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

    assert roles_of(*said)[1] == "host"
    assert roles_of(*(text for text in said if not text.startswith("DIAZ")))[1] == "reporter"


def test_who_says_that_somebody_joins_him_hosts_though_he_is_an_outlets_own() -> None:
    above = ("NPR's Ana Diaz talks with Jo Fox.",)
    said = ("ANA DIAZ: Rain in Lowell. NPR's Ana Diaz was there. Jo Fox joins us.", "JO FOX: It rains.")

    assert roles_of(*said, above=above) == ["host", "guest"]


def test_a_caption_names_the_host() -> None:
    said = ("ANA DIAZ: One year ago we began.", "ED HALE: It rained.")

    assert roles_of(*said, above=("MPR News host Ana Diaz",)) == ["host", None]
    assert roles_of(*said, above=("A photo of the host, Ana Diaz",)) == [None, None]


def test_first_names_that_greet_each_other_host() -> None:
    said = ("JUSTUS: Good morning Kirsty.", "KIRSTY: Good morning Justus. We are back.", "JUSTUS: Yeah.")

    assert roles_of(*said) == ["host"] * 3


def test_a_page_says_who_hosted_it() -> None:
    said = ("ANA DIAZ: So, Ed, does it rain?", "ED HALE: It does.")

    assert roles_of(*said, above=("This episode was hosted by Ana Diaz. It was produced by Jo Fox.",)) == [
        "host",
        "guest",
    ]


def test_hosts_are_those_who_name_the_pages_programme_or_are_credited() -> None:
    said = ("ANA DIAZ: I'm Ana Diaz. This is Radiolab.", "ED HALE: It rains.")

    assert roles_of(*said) == [None, None]
    assert roles_of(*said, program="Radiolab") == ["host", None]
    assert roles_of(*said, hosts=("Ed Hale",)) == [None, "host"]


def test_two_who_give_their_names_in_one_breath_host_whoever_of_them_is_labelled() -> None:
    ana, ed = "ANA DIAZ: Hey, I'm {}.", "ED HALE: {}."
    assert roles_of(ana.format("Ana Diaz"), ed.format("Ed Hale")) == ["host", "host"]
    assert roles_of(ana.format("Ed Hale"), ed.format("Ana Diaz")) == ["host", "host"]
    assert roles_of(ana.format("Ana Diaz"), ed.format("Jo Fox")) != ["host", "host"]


def test_two_who_give_their_names_in_turn_host_where_one_of_them_says_what_this_is() -> None:
    opening = ("ANA DIAZ: Hey, I'm Ana Diaz.", "ED HALE: I'm Ed Hale.")
    assert roles_of("JO FOX: It rained.", *opening, "ANA: This is Radiolab.") == [None, "host", "host", "host"]
    assert roles_of(*opening, "ANA: This is my wife.") == [None, None, None]
    assert roles_of(*opening, "JO FOX: This is Radiolab.") == [None, None, None]


COLLEAGUES = (
    "ANA DIAZ, HOST: Jo Fox retires after forty years. She spoke with Steven Hale about them.",
    "ED HALE, BYLINE: Do you remember your first day?",
    "JO FOX, BYLINE: I don't. It is a blur.",
    "HALE: And then you went to the South?",
    "FOX: I backed into it.",
)


def test_colleagues_who_talk_are_host_and_guest_where_a_host_says_so() -> None:
    assert roles_of(*COLLEAGUES) == ["host", "host", "guest", "host", "guest"]


def test_colleagues_who_tell_together_are_reporters() -> None:
    told = "ANA DIAZ, HOST: Our reporters Hale and Fox went to the South."
    assert roles_of(told, *COLLEAGUES[1:]) == ["host", *["reporter"] * 4]


def test_an_outlets_own_is_a_host_where_somebody_says_that_he_hosts_this_programme() -> None:
    lead = "ANA DIAZ, HOST: We are joined by NPR's Jo Fox. {} Hello, Jo."
    asks = ("JO FOX: Hi.", "CY ROE, BYLINE: It rains.", "FOX: Since when?")
    assert roles_of(lead.format("She becomes the host of our show next week."), *asks)[1] == "host"
    assert roles_of(lead.format("She becomes the host of Rain next week."), *asks)[1] != "host"


@pytest.mark.parametrize("end", ["You're listening to RAIN TODAY.", "Coming up, the weather.", "Stay with us."])
def test_who_says_what_is_on_hosts_though_he_tells_of_tape_and_a_surname_alone_is_left(end: str) -> None:
    said = ("ROTH: That's Ed Hale, the mayor of Lowell, and he spoke to us last week.", "HALE: It is shut.")

    assert roles_of(*said, "ROTH: Hale said that he was surprised.", "HALE: I read it.")[0] == "reporter"
    assert roles_of(*said, "ROTH: Hale said that he was surprised.", "HALE: I read it.", f"ROTH: {end}")[0] == "host"
