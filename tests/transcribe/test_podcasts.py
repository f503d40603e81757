"""Who hosts, reports and reads notices where labels print no role, as in podcasts."""

import pytest

from tests.transcribe.cast import cast

TOLD = ("PIA LORNE: It was cold.", "ZOE QUIST: Pia Lorne counts boats in Lowell.", "PIA LORNE: I counted forty.")


def _role(name: str, *paragraphs: str, above: tuple[str, ...] = ()) -> str | None:
    _, speakers, _ = cast(*paragraphs, above=above)
    return next(speaker.role for speaker in speakers if speaker.name == name)


@pytest.mark.parametrize(
    "words",
    [
        "I'm Zoe Quist. You're listening to Slow Rivers.",
        "Hey, it's Zoe Quist, and this is your host for the next hour. I'm your host, Zoe Quist.",
        "This is your host, Zoe Quist, and today we go to the river.",
        "This is Slow Rivers, with me, Zoe Quist.",
        "Zoe Quist here. This is Slow Rivers. Today, a story of boats.",
        "We're back. You’ve been listening to Slow Rivers. I’m Zoe Quist.",
    ],
)
def test_who_opens_a_podcast_hosts_it(words: str) -> None:
    assert _role("Zoe Quist", f"ZOE QUIST: {words}", *TOLD) == "host"


@pytest.mark.parametrize(
    "words",
    [
        "Welcome to Slow Rivers. Zoe Quist here, and I've got my co-host with me, Pia Lorne.",
        "I'm Zoe Quist, with my co-host, Pia Lorne. Pia, how are you?",
        "Zoe Quist here, and I have my trusty co-host Pia Lorne.",
        "It's Slow Rivers. I'm Zoe Quist. Here's my cohost Pia Lorne.",
        "I'm Zoe Quist, and I'm joined by my co-host Pia Lorne.",
    ],
)
def test_who_presents_his_fellow_host_hosts_and_so_does_that_one(words: str) -> None:
    said = (f"ZOE QUIST: {words}", "PIA LORNE: Hey, Zoe.", "ZOE QUIST: Here is Ed Hale.", "ED HALE: Hello.")
    assert [
        _role(name, *said, "PIA LORNE: Hi, Ed. What do you do?", "ED HALE: I mend boats.")
        for name in ("Zoe Quist", "Pia Lorne")
    ] == ["host", "host"]


@pytest.mark.parametrize("words", ["I left with my co-host on the show Rain.", "My co-host was ill, she said."])
def test_who_tells_of_a_fellow_host_elsewhere_is_none_here(words: str) -> None:
    assert _role("Pia Lorne", "ZOE QUIST, HOST: What did you do?", f"PIA LORNE: {words}") != "host"


@pytest.mark.parametrize(
    "words",
    [
        "ZOE QUIST: That's our show. I'm Zoe Quist. Thanks for listening.",
        "ZOE QUIST: I'm Zoe Quist. See you next week.",
        "ZOE QUIST: I’m Zoe Quist. Thank you so much for listening.",
        "ZOE QUIST: Slow Rivers is hosted by me, Zoe Quist, and produced by Ed Hale.",
        "ED HALE: Slow Rivers is hosted by Zoe Quist. It's produced by me, Ed Hale.",
        "ED HALE: This episode was hosted by Zoe Quist and Mae Orr.",
    ],
)
def test_who_ends_a_podcast_or_is_credited_hosts_it(words: str) -> None:
    assert _role("Zoe Quist", *TOLD, words) == "host"


@pytest.mark.parametrize(
    "words",
    [
        "I'm Zoe Quist, and I count boats.",
        "He said, you're listening to me.",
        "Thanks for listening, she said. I am no host.",
    ],
)
def test_whose_words_are_nobodys_of_the_programme_is_no_host_by_them(words: str) -> None:
    assert _role("Zoe Quist", "ED HALE: I mend boats.", f"ZOE QUIST: {words}") != "host"


@pytest.mark.parametrize(
    "above",
    [
        "Pia Lorne is the host of On Rivers. She talked with WZZZ's Zoe Quist about the program.",
        "On Rivers is hosted by Pia Lorne, who joined WZZZ's Morning Edition host Zoe Quist to talk about it.",
        "On Rivers, hosted by Pia Lorne, is on air at two. Lorne spoke with WZZZ's host Zoe Quist.",
        "The show is hosted by Pia Lorne. In an interview with WZZZ's Zoe Quist, she tells of it.",
        "On Rivers is hosted by Pia Lorne. She sat down with WZZZ’s Zoe Quist.",
    ],
)
def test_who_is_interviewed_for_a_station_is_no_host_though_he_hosts_elsewhere(above: str) -> None:
    said = (
        "PIA LORNE: I started as a producer, and now I'm the host of On Rivers.",
        "ZOE QUIST: What is it about?",
        "PIA LORNE: It's about rivers. Welcome to the show, we say.",
        "ZOE QUIST: And who listens?",
        "PIA LORNE: Many people do.",
    )
    assert _role("Zoe Quist", *said, above=(above,)) == "host"
    assert _role("Pia Lorne", *said, above=(above,)) == "guest"


@pytest.mark.parametrize(
    "said",
    [
        "Commentator Ed Hale has been thinking of rain.",
        "It rains. Our commentator Ed Hale has been thinking of it.",
        "Ed Hale reviews films for the Lowell Sun.",
        "Ed Hale, who covers rivers for Lowell Public Radio, has been there.",
    ],
)
def test_commentators_reviewers_and_who_covers_something_for_an_outlet_report(said: str) -> None:
    assert _role("Ed Hale", f"ZOE QUIST, HOST: {said}", "ED HALE: It rains on all of us.") == "reporter"


def test_who_reads_a_sponsors_message_and_no_more_announces() -> None:
    said = ("MAE ORR: This message comes from Rain Boots.", "ZOE QUIST: This is Slow Rivers. I'm Zoe Quist.", *TOLD)
    assert _role("Mae Orr", *said) == "announcer"
    assert _role("Mae Orr", *said, "MAE ORR: It rains.") != "announcer"


def test_a_voice_over_is_no_guest() -> None:
    assert _role("Zoe Quist", "ZOE QUIST (VO): Welcome to Slow Rivers. I'm your host, Zoe Quist.", *TOLD) == "host"
