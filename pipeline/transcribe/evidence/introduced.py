"""What others say of who is about to speak, or just spoke: «NPR's Frank Langfitt joins us», «That's Ana Diaz.»."""

import re
from collections.abc import Iterator

from pipeline.transcribe.evidence.outlets import OF_STATION, OUTLET
from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME, is_full, name_alone, without_titles

_WHO_THAT_IS = re.compile(
    r"That(?:['’]s| is| was) (?P<job>(?:(?:our|the|senior|reporter|producer|correspondent|editor|host|co-host) ){0,3})"
    rf"{CAPITALISED_NAME}[.,!]"
)
_INTRODUCED = (
    re.compile(
        rf"\b{OUTLET}(?:'s|’s)? (?:[a-z][\w-]* |White House |State Department |Pentagon ){{0,4}}{CAPITALISED_NAME}"
    ),
    re.compile(
        r"\b(?:joined (?:now )?by|turn(?:ing)? (?:now )?to|speak(?:ing)? with|talk(?:ing)? (?:to|with)|spoke with)"
        rf" (?:[a-z][\w-]* ){{0,4}}{CAPITALISED_NAME}"
    ),
    re.compile(
        rf"(?<![\w'’-]){CAPITALISED_NAME}(?:{OF_STATION},?)? (?:joins (?:us|me)|reports|is (?:here|with us|on the line)"
        r"|has (?:more|the story|this report)|(?:speaks|talks|spoke|talked) (?:with|to)|interviews)\b"
    ),
)


def introductions(text: str) -> Iterator[str]:
    """Full names by which the page introduces somebody who is about to speak."""
    for pattern in _INTRODUCED:
        for found in pattern.finditer(text):
            name = name_alone(found["name"])
            if is_full(name):
                yield name


def told_before(text: str, *, is_new: bool) -> str | None:
    """The full name of him whose words were heard right before, as their first sentence says; None where none does.

    `is_new`: these were his first words, and he asked nothing. Of others a name without a job may be an answer.

    >>> told_before("That's producer Ana Diaz. It rained.", is_new=False), told_before("That's Ana Diaz.", is_new=True)
    ('Ana Diaz', 'Ana Diaz')
    >>> told_before("That's Mary Tyler Moore. Correct.", is_new=False)
    >>> told_before("That's what Ana Diaz said.", is_new=True)
    """
    found = _WHO_THAT_IS.match(text) if text.startswith("That") else None
    name = without_titles(found["name"]) if found is not None and (is_new or found["job"]) else ""
    return name if is_full(name) else None
