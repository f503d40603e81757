"""Who speaks a passage, and by which rule that is known."""

from dataclasses import dataclass

CONFIDENCE = {
    "printed": 1.0,
    "surname": 0.98,
    "first_name": 0.95,
    "initials": 0.9,
    "ident": 0.9,
    "byline": 0.85,
    "self_introduction": 0.8,
    "introduction": 0.8,
    "mention": 0.7,
    "hand_over": 0.7,
}
"""How sure each rule is, as measured by how often it can be fooled: a surname that fits one full label on the page is
as good as certain; a name that is only spoken may be somebody else's."""

SELF_SAID = frozenset(("ident", "self_introduction"))
"""The rules by which somebody gives his name himself."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks a passage. All None where the page does not say."""

    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    rule: str | None = None
    confidence: float | None = None


NOBODY = Speaker()
"""Of a cue, or where the page does not say."""
