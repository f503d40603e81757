"""Surname-only hosts by the corpus: `MARTIN:` on a programme that one Martin hosted then, and no other spoke on.

What a page itself says and what the authority knows have been tried before. Precision before recall: whoever shares the
surname on the programme in these months, in whatever role, makes it nobody's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.identify.authority.hosts import surname_of
from pipeline.identify.authority.keys import program_key
from pipeline.identify.names import Name, person_name
from pipeline.transcribe.evidence.mentions import full_names
from pipeline.transcribe.names import fold

RULE = "program_host"
CONFIDENCE = 0.7
"""Less than the authority's 0.75: that one Martin hosted then does not say that no other filled in."""
FEWEST_PAGES = 3
"""Transcripts of these months that call somebody host of the programme."""
MONTHS_AROUND = 1
"""A page is resolved by what is heard in its month and in those beside it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A name on pages of one programme in one month."""

    program: str
    month: int
    """Of all months: neighbours differ by one."""
    name: str
    host_pages: int
    """Pages that call him host."""


class ProgramHosts:
    """Who is heard on which programme, by surname."""

    def __init__(self, heard: Iterable[Heard]) -> None:
        self._heard: dict[tuple[str, int, str], list[tuple[Name, Heard]]] = defaultdict(list)
        for one in heard:
            name = person_name(one.name)
            if name is not None:
                self._heard[program_key(one.program), one.month, name.last].append((name, one))

    def host(self, program: str, month: int, label: str) -> str | None:
        """The one host whom this label can mean there and then; None where there is none, or anybody else."""
        surname = surname_of(label)
        if not surname:
            return None
        pages: dict[str, int] = defaultdict(int)
        spelled: dict[str, str] = {}
        for at in range(month - MONTHS_AROUND, month + MONTHS_AROUND + 1):
            for name, one in self._heard.get((program_key(program), at, surname[-1]), ()):
                pages[name.key] += one.host_pages
                spelled[name.key] = max(spelled.get(name.key, one.name), one.name)
        if len(pages) != 1:
            return None
        [(key, count)] = pages.items()
        is_whole = tuple(key.split()[-len(surname) :]) == surname and len(key.split()) > len(surname)
        return spelled[key] if is_whole and count >= FEWEST_PAGES else None


def is_only_bearer(label: str, host: str, text: str, named: Iterable[str | None]) -> bool:
    """Whether nobody with a surname is on the page, named or spoken of, but the host who may be meant by it."""
    surname = surname_of(label)
    if any(name and name.words[-len(surname) :] == surname for name in map(person_name, named)):
        return False
    given = fold(host).split()[0]
    return all(fold(name).split()[0] == given for name in full_names(tuple(fold(label).split()), text, fold(text)))
