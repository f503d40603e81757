"""What is sought in the crawls of others."""

from dataclasses import dataclass
from datetime import date

from pipeline.sources import Source


@dataclass(frozen=True, slots=True)
class Sought:
    """The pages of a source that were captured from `first` to `last` (days, UTC)."""

    source: Source
    first: date
    last: date

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the source's pages were ever on."""
        return tuple(dict.fromkeys((self.source.host, *self.source.aliases)))
