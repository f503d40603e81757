"""Reporters who bring a story to a programme's hosts, and whoever tells the hosts who he is."""

import pytest

from tests.transcribe.cast import roles_of

HOST = "ANA DIAZ: "
STORY = (
    "ED HALE: Jo Fox has a farm.",
    "JO FOX: It rains.",
    "ED HALE: It does.",
    "CY ROE: It rained.",
    "ED HALE: It did.",
    "JO FOX: It will.",
    "ED HALE: That was Jo Fox.",
)


def _roles(*paragraphs: str) -> list[str | None]:
    """Of a page whose labels print no roles, and whose credits name its host."""
    return roles_of(*paragraphs, hosts=("Ana Diaz",))


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("That's producer Ed Hale.", "reporter"),
        ("This one comes from our producer, Ed Hale.", "reporter"),
        ("One of our producers, Ed Hale, went there.", "reporter"),
        ("There is the film producer Ed Hale.", None),
        ("It rains.", None),
    ],
)
def test_who_is_called_a_reporter_and_tells_of_another_reports(said: str, role: str | None) -> None:
    rest = ("ED HALE: It snowed.", f"{HOST}{said}", "ED HALE: It did.", "CY ROE: It rained.", "ED HALE: It stopped.")
    roles = _roles(f"{HOST}It rained.", *STORY[:2], *rest)
    assert roles[1:4] == [role, None, role]


@pytest.mark.parametrize(
    ("story", "is_reporter"),
    [
        (STORY, True),
        (("ED HALE: Thanks for having me.", *STORY), False),
        (("ED HALE: My name is Ed.", *STORY), False),
        ((*STORY, f"{HOST}Thank you for talking with us, Ed Hale."), False),  # an author tells of people, too
        ((*STORY, f"{HOST}That was Ed Hale, author of Rain."), False),
        ((*STORY, "GIL POE, BYLINE: It rains."), False),  # where labels print roles, reporters have theirs
        ((*STORY, "JO FOX: Hale says so.", "ED HALE: I do."), False),  # a couple tells by turns
        ((*STORY, f"{HOST}Jo, what did you see?", "JO FOX: Rain."), False),  # whom the host asks is not on tape
    ],
)
def test_whom_hosts_ask_and_who_tells_of_voices_on_tape_reports(story: tuple[str, ...], *, is_reporter: bool) -> None:
    roles = _roles(f"{HOST}What is your story about?", *story)
    assert (roles[1] == "reporter") == is_reporter


def test_who_tells_hosts_who_he_is_and_answers_them_is_their_guest() -> None:
    told = (f"{HOST}Tell us.", "ED HALE: {}", f"{HOST}One day he went out.", "ED HALE: I went out.")
    asked = (f"{HOST}What did you see?", "ED HALE: Rain.", f"{HOST}So he saw it.", "ED HALE: I did.")
    page = "\n".join((*told, f"{HOST}He went home.", *asked, f"{HOST}You did.", "ED HALE: Yes.", "JO FOX: It rains."))

    assert _roles(*page.format("I'm Ed Hale.").split("\n"))[1] == "guest"
    assert _roles(*page.format("I'm a farmer.").split("\n"))[1] is None
