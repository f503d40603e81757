"""Names that hosts and callers have by how others call them."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.roles.callers import with_called_names
from pipeline.transcribe.roles.casting import with_roles
from pipeline.transcribe.roles.setting import Setting
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.speakers.called_hosts import with_greeted_hosts
from pipeline.transcribe.speakers.naming import speakers_of
from tests.transcribe.cast import cast


@pytest.mark.parametrize(
    ("answer", "other", "name"),
    [
        ("ED HALE: Hi, Ana. It rains.", "JO FOX: Good to be here, Ana.", "Ana Diaz"),
        ("ED HALE: Thanks for having me, Ana.", "JO FOX: It rains.", "Ana Diaz"),
        ("ED HALE: Hi, Ana. It rains.", "JO FOX: Hi, Bea. It rains.", None),
        ("ED HALE: Hi, Jo. It rains.", "JO FOX: It does.", None),
        ("ED HALE: Ana is here.", "JO FOX: Well, Ana saw it.", None),
        ("ED HALE: Mary, good morning.", "JO FOX: It rains.", "Mary Diaz"),
        ("ED HALE: Well, thank you.", "JO FOX: It rains.", None),
        ("ED HALE: Hi, Ana. It rains.", "JO FOX: Sure, happy to be here.", "Ana Diaz"),
    ],
)
def test_hosts_are_called_as_those_who_answer_greet_them(answer: str, other: str, name: str | None) -> None:
    said = ["Rain is in the news.", "DIAZ: Welcome.", answer, "DIAZ: And you?", other]
    passages, speakers, spellings = cast(*said)

    assert with_greeted_hosts(passages, speakers, spellings)[1].name == name


@pytest.mark.parametrize(
    ("known", "name"), [({"DIAZ", "Bea Diaz"}, None), ({"DIAZ", "Ana Diaz"}, "Ana Diaz"), (set(), "Ana Diaz")]
)
def test_a_surname_that_is_known_goes_with_no_other_first_name(known: set[str], name: str | None) -> None:
    passages, speakers, spellings = cast("DIAZ: Why?", "ED HALE: Hi, Ana. Rain.", "DIAZ: And when?", "HALE: Now.")

    assert with_greeted_hosts(passages, speakers, spellings, known.__contains__)[0].name == name


@pytest.mark.parametrize(("label", "name"), [("DIAZ", "Ana Diaz"), ("AD", None), ("ANA", None)])
def test_initials_and_given_names_are_no_surnames_of_greeted_hosts(label: str, name: str | None) -> None:
    said = [f"{label}: Why?", "ED HALE: Hi, Ana. Rain.", f"{label}: And when?", "HALE: Now."]
    passages, speakers, spellings = cast(*said)

    assert speakers[0].role == "host"
    assert with_greeted_hosts(passages, speakers, spellings)[0].name == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hi, my name is Cy Roe, and I farm.", "Cy Roe"),
        ("Hello. This is Cy Roe from Lowell.", "Cy Roe"),
        ("Hi, my name is Cy.", None),
        ("I'm Cy Roe, and my name is Ed Hale.", "Ed Hale"),
        ("I'm Ana Roe, and I'm Ed Hale.", None),
        ("Hi, I'm Southern Baptist. I live in Lowell.", None),
        ("Hi, this is Green Bay, Wisconsin.", None),
    ],
)
def test_a_caller_whom_no_label_names_is_who_he_says(said: str, name: str | None) -> None:
    assert cast("ANA DIAZ, HOST: Hello?", f"CALLER: {said}")[1][1].name == name


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
    passages, speakers, spellings = cast(*said)

    assert with_called_names(passages, speakers, spellings)[1].name == name
