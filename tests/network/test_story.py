"""How truth becomes labels, paragraphs and turns."""

import pytest

from tests.network.story import Line, Paragraph, Speaker, TrueTurn, expected_turns, paragraphs, slug_of

HOST = Speaker("Lorna Quist", "host")
REPORTER = Speaker("Mara Vanek Holm", "reporter", surname="Vanek Holm")
GUEST = Speaker("Andrés Peñalver")
SENATOR = Speaker("Ruth Abelard", first_label="SENATOR RUTH ABELARD")
SISTER = Speaker("Clara Brandvold", is_always_full=True)
PERSON = Speaker(None, first_label="UNIDENTIFIED PERSON #1")


@pytest.mark.parametrize(
    ("speaker", "first", "later"),
    [
        (HOST, "LORNA QUIST, HOST:", "QUIST:"),
        (REPORTER, "MARA VANEK HOLM, BYLINE:", "VANEK HOLM:"),
        (GUEST, "ANDRÉS PEÑALVER:", "PEÑALVER:"),
        (SENATOR, "SENATOR RUTH ABELARD:", "ABELARD:"),
        (SISTER, "CLARA BRANDVOLD:", "CLARA BRANDVOLD:"),
        (PERSON, "UNIDENTIFIED PERSON #1:", "UNIDENTIFIED PERSON #1:"),
    ],
)
def test_labels_are_full_at_first_and_short_afterwards(speaker: Speaker, first: str, later: str) -> None:
    printed = paragraphs([Line(speaker, "One."), Line(None, "(LAUGHTER)"), Line(speaker, "Two.")])

    assert [paragraph.label for paragraph in printed if paragraph.label] == [first, later]


def test_a_hosts_first_label_stands_alone_and_later_paragraphs_have_none() -> None:
    assert paragraphs([Line(HOST, "One.\n\nTwo."), Line(HOST, "Three.")]) == [
        Paragraph("LORNA QUIST, HOST:", None),
        Paragraph(None, "One."),
        Paragraph(None, "Two."),
        Paragraph("QUIST:", "Three."),
    ]


def test_turns_are_maximal_runs_and_cues_are_rows_of_their_own() -> None:
    lines = [
        Line(HOST, "One."),
        Line(HOST, "Two."),
        Line(None, "(A)"),
        Line(None, "(B)"),
        Line(HOST, "Three."),
        Line(PERSON, "Four."),
    ]

    assert expected_turns(lines) == [
        TrueTurn("speech", "LORNA QUIST", "Lorna Quist", "host", "One.\n\nTwo."),
        TrueTurn("cue", None, None, None, "(A)"),
        TrueTurn("cue", None, None, None, "(B)"),
        TrueTurn("speech", "QUIST", "Lorna Quist", "host", "Three."),
        TrueTurn("speech", "UNIDENTIFIED PERSON #1", None, None, "Four."),
    ]


@pytest.mark.parametrize(
    ("speaker", "name", "role"),
    [
        (HOST, "Lorna Quist", "host"),
        (REPORTER, "Mara Vanek Holm", "reporter"),
        (GUEST, "Andrés Peñalver", None),
        (Speaker("Delphine", "caller"), None, None),
        (Speaker(None, "announcer", first_label="UNIDENTIFIED ANNOUNCER"), None, "announcer"),
    ],
)
def test_a_turn_tells_only_what_a_page_allows_to_know(speaker: Speaker, name: str | None, role: str | None) -> None:
    (turn,) = expected_turns([Line(speaker, "One.")])

    assert (turn.speaker_name, turn.speaker_role) == (name, role)


def test_a_slug_is_short_plain_and_lower_case() -> None:
    assert slug_of("What's left of 40,320 bells, after a long night") == "whats-left-of-40-320-bells-after-a"
