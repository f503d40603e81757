"""Which family of labels a page has: by the page as a whole, never by one line of it."""

from collections.abc import Sequence

import pytest

from pipeline.records import Block
from pipeline.transcribe.labels.candidates import without_bullet
from pipeline.transcribe.labels.families import labels_of
from pipeline.transcribe.labels.label import affiliated_label, title_case_label
from pipeline.transcribe.script.dividing import write_script


def _heads(texts: Sequence[str], *, is_announced: bool = False) -> list[str]:
    labels = labels_of([Block(text) for text in texts], is_announced=is_announced)
    found = [labels.find(text) for text in texts]
    return [label.printed for label in found if label is not None]


CONVERSATIONS = {
    "a programme named after its host": ["Brian Hale: It's The Brian Hale Show on WXYC. Good morning, everyone."],
    "two who say who they are": ["Brian Hale: I'm Brian Hale.", "Ana Diaz: And I'm Ana Diaz."],
    "given names as spoken, surnames in capitals": ["Brian J. HALE: It rains.", "HALE: It does."],
    "full names at every turn": [
        "Brian Hale: How are you, Ana?", "Ana Diaz: I am well today.", "Brian Hale: Good, thank you.",
        "Ana Diaz: And how are you?",
    ],
    "then surnames": [
        "Brian Hale: How are you, Ana?", "Ana Diaz: I am well today.", "Hale: That is good.", "Diaz: And how are you?",
        "Hale: I cannot complain.",
    ],
    "then first names": [
        "Brian Hale: How are you, Ana?", "Ana Diaz: I am well today.", "Brian: That is good.", "Ana: And how are you?",
        "Brian: I cannot complain.",
    ],
    "then initials": [
        "Brian Hale: How are you, Ana?", "Ana Diaz: I am well today.", "BH: That is good.", "AD: And how are you?",
        "BH: I cannot complain.",
    ],
    "titles": [
        "Ana Diaz: Why do you ask?", "Professor Ed Hale: I want to know it.", "Ana Diaz: You always do.",
        "Professor Ed Hale: I do, every day.", "Chancellor Jo Fox: So do I.",
    ],
    "numbers": [
        "Speaker 1: Do you hear me?", "Speaker 2: I hear you well.", "Speaker 1: Then we begin.",
        "Speaker 2: Yes, we do.",
        "Listener 8 - Copenhagen: I can hear you too.",
    ],
    "lines": [
        "Ira Hale", "How are you today?", "Ana Diaz", "I am well, thank you.", "Ira Hale", "That is good.", "Ana Diaz",
        "It is good. And you?",
    ],
    "self-introductions": ["Ana Diaz: Hello, I'm Ana Diaz.", "Ed Hale: And I'm Ed Hale."],
}  # fmt: skip


@pytest.mark.parametrize("texts", CONVERSATIONS.values(), ids=CONVERSATIONS.keys())
def test_people_who_talk(texts: list[str]) -> None:
    spoken = len(texts) // 2 if texts[0] == "Ira Hale" else len(texts)

    assert len(_heads(texts)) == spoken


NO_CONVERSATIONS = {
    "one speaker": ["Ana Diaz: I walked home.", "Then I sat down.", "Ana Diaz: You know how it is."],
    "forecast": [
        "San Diego: Sunny and mild today.", "Palm Springs: Hot and dry.", "San Diego: Fog in the morning.",
        "Palm Springs: Hot and dry again.", "San Diego: Clear skies at night.", "Palm Springs: Hotter still.",
    ],
    "recipe": [
        "Prep Time: 20 minutes", "Cook Time: 40 minutes", "Prep Time: 10 minutes", "Cook Time: 5 minutes",
        "Prep Time: 10 minutes", "Cook Time: 5 minutes",
    ],
    "credits": ["Producer: Ana Diaz", "Sound Engineer: Ed Hale", "Hosts: Jo Fox", "Theme Music: Ben Lark"],
    "headlines": ["Ja Rollins: 'I took a bus'", "Keith Rhodes: The interview", "Small talk: Grocery lines"],
    "photographs": [
        "A long story about a mill.", "David Kole", "It closed in May.", "It was old.", "Nobody knew why.",
        "It was cold.",
        "Brian Munn", "The mill was sold.", "The owners left.", "They took the machines.", "Then it rained.",
        "It rained all year.", "David Kole", "The roof fell in.",
    ],
    "questions and answers": ["Question: Why do you ask?", "Answer: I want to know."] * 4,
    "pros and cons": ["Pros: You save money.", "Cons: You get wet."] * 4,
}  # fmt: skip


@pytest.mark.parametrize("texts", NO_CONVERSATIONS.values(), ids=NO_CONVERSATIONS.keys())
def test_what_only_looks_like_talk(texts: list[str]) -> None:
    assert _heads(texts) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["Going Public: Ten Years Of Radio", "Brian Hale: I'm Brian Hale.", "Ana Diaz: I'm Ana Diaz."],
        ["Small Talk: A break", "Small Talk: A break", "Brian Hale: I'm Brian Hale.", "Ana Diaz: I'm Ana Diaz."],
        ["Public Files:", "89.3 WFPX", "Brian Hale: I'm Brian Hale.", "Ana Diaz: I'm Ana Diaz."],
    ],
)
def test_a_headline_above_the_first_speech_is_no_label(texts: list[str]) -> None:
    assert _heads(texts) == ["Brian Hale", "Ana Diaz"]


def test_surnames_are_labels_where_the_introduction_gives_them_in_full() -> None:
    talk = ["Hale: How are you, Ana?", "Diaz: I am well today.", "Hale: That is good.", "Diaz: And how are you?"]
    more = [*talk, "Hale: I cannot complain."]

    assert _heads(["Dan Hale talked with Ana Diaz.", *more]) == ["Hale", "Diaz", "Hale", "Diaz", "Hale"]
    assert _heads(["Two people talked.", *more]) == []


def test_two_named_people_are_enough_where_the_page_announces_a_transcript_or_one_asks_the_other() -> None:
    lead, answer = "Brian Hale spoke with Ana Diaz.", "Ana Diaz: I am well today."
    told = [lead, "Brian Hale: I was on the lake.", answer]

    assert _heads(told) == []
    assert _heads(told, is_announced=True) == ["Brian Hale", "Ana Diaz"]
    assert _heads([lead, "Brian Hale: How are you?", answer]) == ["Brian Hale", "Ana Diaz"]
    assert _heads(["Ana Diaz was on the lake.", "Brian Hale: How are you?", answer]) == []


def test_fewer_turns_are_enough_where_the_page_announces_a_transcript() -> None:
    texts = ["Ana Diaz: Why do you ask?", "Ed Hale: I want to know.", "Ana Diaz: You always do."]

    assert _heads(texts) == []
    assert len(_heads(texts, is_announced=True)) == 3
    assert len(_heads(["Transcript", *texts])) == 3


def test_an_office_and_a_surname_are_a_label_though_they_stand_there_once() -> None:
    said = ["Ana Diaz: I'm Ana Diaz. Is it over?", "President Osk: It is not.", "Ana Diaz: He said it, Ed. Thanks."]
    labels = labels_of([Block(text) for text in [*said, "Ed Hale: You asked him."]], is_announced=True)

    assert [label and label.tokens for label in map(labels.find, said)] == [("Ana", "Diaz"), ("Osk",), ("Ana", "Diaz")]


def test_a_letter_beside_full_names_is_a_label() -> None:
    said = ["ANA DIAZ, HOST: Hello.", "C: We are near.", "Q: Is this one?"]
    labels = labels_of([Block(text) for text in said], is_announced=True)

    assert [label and (label.printed, label.is_named) for label in map(labels.find, said)] == [
        ("ANA DIAZ", True), ("C", False), None,
    ]  # fmt: skip


def test_on_a_page_of_capitals_a_name_in_speech_is_no_label() -> None:
    texts = ["ANA DIAZ, HOST: Hello.", "ED HALE, BYLINE: Then he said this.", "Donald Stump: I won.", "DIAZ: Did he?"]

    assert _heads(texts, is_announced=True) == ["ANA DIAZ", "ED HALE", "DIAZ"]


@pytest.mark.parametrize(
    ("head", "affiliation"),
    [
        ("JAMILA HALE, Cornell University", "Cornell University"),
        ("ROGER FOX, Co-Founder, Juke Joint Festival", "Co-Founder, Juke Joint Festival"),
        ("DONALD STUMP, Former President of the United States (R)", "Former President of the United States (R)"),
    ],
)
def test_affiliations_behind_names(head: str, affiliation: str) -> None:
    label = affiliated_label(head)

    assert label is not None
    assert (label.affiliation, label.role) == (affiliation, "guest")


@pytest.mark.parametrize("head", ["FRESH AIR, weekdays", "DIAZ, Baker", "ANA DIAZ", "ANA DIAZ, "])
def test_no_affiliations(head: str) -> None:
    assert affiliated_label(head) is None


@pytest.mark.parametrize(
    "head",
    ["Small talk", "Prep Time", "Photo Credit", "Sunday Puzzle", "Week In Politics", "Chapter 5", "The Good",
     "Rain - Snow", ""],
)  # fmt: skip
def test_no_names_in_title_case(head: str) -> None:
    assert title_case_label(head) is None


def test_affiliations_in_capitals_are_labels_where_the_surname_comes_back() -> None:
    texts = ["ANA DIAZ, HOST: Hello.", "VAL HALE, ACTOR: At last?", "JEFF FOX, ACTOR: Miriam!"]

    assert _heads([*texts, "HALE: Freedom?"]) == ["ANA DIAZ", "VAL HALE", "JEFF FOX", "HALE"]
    assert _heads(["ANA DIAZ, HOST: So, Val, tell us.", texts[1]]) == ["ANA DIAZ", "VAL HALE"]
    assert _heads(["ANA DIAZ, HOST: Hello.", "OLD TOWN, SAN DIEGO: It rains.", "DIAZ: Yes."]) == ["ANA DIAZ", "DIAZ"]


def test_first_names_are_labels_where_the_address_names_those_who_talk() -> None:
    texts = ["Jenny: Where are your roots?", "Mattie: I came by bus.", "Jenny: And you stayed.", "Mattie: I did."]
    blocks = [Block(text) for text in texts]

    assert not labels_of(blocks, is_announced=False, address="https://whyy.org/jenny-linn-and-mattie-mott/").titles
    assert labels_of(blocks, is_announced=False, address="https://whyy.org/mattie-mott-jenny-linn-interview/").titles


def test_first_names_that_come_back_are_labels_where_the_page_says_that_it_is_a_transcript() -> None:
    talk = ["Jenny: Where are your roots?", "Mattie: I came by bus.", "Jenny: And you stayed.", "Mattie: I did."]
    texts = [*talk, "Jenny: Why?", "Mattie: I had no ticket back."]

    assert _heads(texts) == []
    assert len(_heads(texts, is_announced=True)) == len(_heads(["Transcript", *texts])) == 6
    assert _heads(["Transcript", *talk]) == []


@pytest.mark.parametrize("blank", [" ", None])
def test_one_name_in_title_case_comes_back_amid_capitals(blank: str | None) -> None:
    said = [("ANA DIAZ", "Ed Hale eats bread."), ("Ed Hale", "I do."), ("DIAZ", "All of it?"), ("Hale", "All of it.")]
    texts = [f"{who}:{blank}{words}" for who, words in said]
    apart = [text for who, words in said for text in (f"{who}:", words)]

    assert _heads(texts if blank else apart) == ["ANA DIAZ", "Ed Hale", "DIAZ", "Hale"]
    assert _heads([*(texts if blank else apart)[:2], "Ed Hale: A Life In Bread"]) == ["ANA DIAZ"]


@pytest.mark.parametrize(("asks", "answers"), [("All of it, Oyin?", "Oyin Kosoko"), ("All of it?", "Kosoko")])
def test_a_name_that_few_have_comes_back_amid_capitals_where_somebody_is_called_so(asks: str, answers: str) -> None:
    """Asrun knows no Oyin among given names; one who is called or printed by half of a name is no Planet Money."""
    texts = ["ANA DIAZ: Oyin Kosoko eats bread.", "Oyin Kosoko: I do.", f"DIAZ: {asks}", f"{answers}: All of it."]

    assert _heads(texts) == ["ANA DIAZ", "Oyin Kosoko", "DIAZ", answers]


FLATTENED = {
    "who stands for election": "Four want to sit on the board. Ana Diaz: I would hire more teachers. Ed Hale: My plan "
    "is to fix the roof. Jo Fox: We need buses. What would you cut? Ana Diaz: Nothing. Ed Hale: The lawn. Jo Fox: I "
    "would not cut anything.",
    "who praises a film": "Ana Diaz: I loved it. Ed Hale: You should go. Ana Diaz: I went. Ed Hale: Me too.",
    "a forecast": "COAST: Rain. You need a coat. VALLEY: Sun. HILLS: Fog, I fear. COAST: More rain. VALLEY: More sun.",
}


@pytest.mark.parametrize("text", FLATTENED.values(), ids=FLATTENED.keys())
def test_names_in_one_paragraph_that_nobody_calls_are_no_conversation(text: str) -> None:
    script = write_script([Block(text)])

    assert len({passage.label.printed for passage in script.passages if passage.label}) <= 1


def test_a_directory_is_no_conversation() -> None:
    texts = [f"{a}{b} Hale: I tell you why." for a in ("An", "Be", "Ca", "Do") for b in "abcefghijklmopqrstuvwxyz"]

    assert len(_heads([*texts, *texts])) == 2 * len(texts)
    assert _heads([f"{text[0]}{letter}{text}" for letter in "aeiou" for text in texts]) == []


def test_bullets_and_crawlers_dates_stand_before_labels() -> None:
    assert without_bullet("• Ana Diaz:") == "Ana Diaz:"
    assert without_bullet("date 2019-03-22 ANA DIAZ, HOST:") == "ANA DIAZ, HOST:"
    assert without_bullet("dates 2019 were sold") == "dates 2019 were sold"


def test_an_article_and_a_word_in_capitals_name_nobody_and_stop_nothing() -> None:
    said = ["ANA DIAZ, HOST: It rains.", "ED HALE: It does.", "The WARDEN: We know that.", "ANA DIAZ: Thanks."]

    assert labels_of([Block(text) for text in said], is_announced=True).others == {}


def test_a_clip_in_brackets_amid_words_is_no_label() -> None:
    page = labels_of([Block("ANA DIAZ: It rains."), Block("ED HALE: It does.")], is_announced=True)

    assert page.find_inside("ARCHIVE CLIP") is not None
    assert page.find_inside("[ARCHIVE CLIP") is None
