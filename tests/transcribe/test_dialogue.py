"""Two turns by labels in capitals are a transcript where either is said as people say it who are heard."""

import pytest

from pipeline.parse import parse_page
from pipeline.records import PUBLISHED
from pipeline.sources import load_sources

_TAPE = "The town council put out the lamp in May, and the harbor has been dark for all of the summer since."
_KEPT = "The keeper of the lamp was sent to another island in the same week as it was put out."

HEARD = {
    "an answer": ("REED", f"Tell of the lamp. {_TAPE}", "WREN", f"Well, the reason is money. {_KEPT}"),
    "an answer to words whose label is lost": ("WREN", f"Yes, the town did that. {_TAPE}", "REED", _KEPT),
    "a question at the end": ("WREN", _TAPE, "REED", f"{_KEPT} So why the lamp?"),
    "a guest's thanks": ("WREN", "Good morning. Thank you for having me.", "REED", f"{_KEPT} {_TAPE}"),
    "an interpreter": ("WREN", f"(Through interpreter) {_TAPE}", "REED", _KEPT),
    "who has spoken": ("ED WREN", _TAPE, "REED", f"{_KEPT} That's Ed Wren, a sailor."),
    "who speaks next": ("REED", f"{_TAPE} Ed Wren is a sailor.", "ED WREN", _KEPT),
    "a sign-off": ("WREN", _TAPE, "REED", f"{_KEPT} Ana Reed, NPR News, Wrenport."),
    "a mayor and a host": ("MAYOR WREN", f"Thank you for having me. {_KEPT}", "REED", f"What of the lamp? {_TAPE}"),
}
NOT_HEARD = {
    "nothing": ("WREN", _TAPE, "REED", _KEPT),
    "no answer": ("WREN", f"Wellness comes first. {_TAPE}", "REED", f"No smoking. {_KEPT}"),
    "a committee": ("CHAIRMAN WREN", "The committee will come to order. Thank you.", "MS. REED", f"Thank you. {_TAPE}"),
    "a council": ("MAYOR WREN", f"I call the meeting to order. {_TAPE}", "COUNCILMEMBER REED", f"Well, {_KEPT}"),
    "a board": ("CHAIRPERSON WREN", f"Is there a motion? {_KEPT}", "TRUSTEE REED", f"So moved. I thank you. {_TAPE}"),
    "a full name in Title Case": ("Reed", f"{_TAPE} Ed Wren is a sailor.", "Ed Wren", _KEPT),
}


def _outcome(label: str, said: str, other: str, answer: str) -> str:
    text = f"{label}: {said}\n\n{other}: {answer}\n"
    return parse_page(text.encode(), url=None, content_type=None, sources=load_sources()).outcome


@pytest.mark.parametrize("kind", HEARD)
def test_people_who_are_heard(kind: str) -> None:
    assert _outcome(*HEARD[kind]) == PUBLISHED


@pytest.mark.parametrize("kind", NOT_HEARD)
def test_labels_that_may_be_headings(kind: str) -> None:
    assert _outcome(*NOT_HEARD[kind]) == "not_a_transcript"
