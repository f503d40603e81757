"""Why a name on a page is linked to a person, or to nobody: for people who want to check it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.amounts import amount
from pipeline.identify.corrections.file import Corrections
from pipeline.identify.corrections.kinds import AnyCorrection, PageCorrection, key_in
from pipeline.identify.names import key_of, person_name


def of_person(
    turn: Mapping[str, Any], links: Sequence[Mapping[str, Any]], corrections: Corrections
) -> Iterator[tuple[str, str]]:
    """The person of a turn and what links them.

    `links` are the rows of `appearances` for this name on this page, each with its person's row of `people`.
    """
    key = key_of(turn["speaker_name"])
    yield "person", turn["person_id"] or _why_nobody(turn["speaker_name"], key, links, corrections)
    for link in links if turn["person_id"] else ():
        span = f"{link['first_air_date'] or 'day not known'} to {link['last_air_date'] or 'day not known'}"
        yield "linked by", f"{link['rule']}: {amount(link['transcript_count'], 'transcript')}, {span}"
        for alias in link["aliases"] or ():
            if key_of(alias["name"]) == key and alias["name"] == link["name_on_page"]:
                yield "alias", f"{alias['name']} is {link['name']}, by {alias['rule']}: {alias['evidence']}"
    for entry in corrections.standing:
        if key is not None and not isinstance(entry, PageCorrection) and key in map(key_in, entry.linked):
            yield "correction", signed(entry)


def signed(entry: AnyCorrection) -> str:
    """A correction in a line, with who says so, when, why and on what evidence."""
    return f"{entry.what} by {entry.who}, {entry.when}: {entry.why} ({entry.evidence})"


def _why_nobody(name: str | None, key: str | None, links: Sequence[Mapping[str, Any]], corrections: Corrections) -> str:
    if name is None:
        return "none: no name is known"
    if key is None or person_name(name) is None:
        return "none: not the full name of a person"
    if corrections.is_nobody(key):
        return "none: a correction says that this is no person"
    if not links:
        return "none: nothing but singing is heard under this name, which may as well be a band's"
    return "none: people share this name, and nothing here tells whose it is"
