"""What a page says of its transcript outside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.transcribe.evidence.staff import NOTHING_KNOWN, Known


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page says of its transcript elsewhere: all its words, its programme, the hosts whom its credits name."""

    text: str
    program: str | None = None
    hosts: frozenset[str] = frozenset()
    above: tuple[str, ...] = ()
    """What stands above the transcript."""
    credited: Mapping[str, str] = field(default_factory=dict)
    """Guests and reporters by name, as the credits above say."""
    known: Known = NOTHING_KNOWN
    """What is known of people beforehand."""
