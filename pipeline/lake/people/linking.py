"""The derivation of people: `appearances` from pages, `people` from appearances, `person_id` back to turns and bylines.

A commit looks at the names on its pages and at those that may be the same people's (`neighbours.closed`), not at the
rest. What it derives for these names is what a rebuild derives, but for ids that were given before: they stay.
"""

import logging
import re
from collections.abc import Collection, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identify.corrections.file import Corrections
from pipeline.identify.corrections.kinds import PersonCorrection
from pipeline.identify.names import key_of, name_of
from pipeline.identify.people.ids import Registry
from pipeline.identify.people.linking import Grounds, Person, link
from pipeline.identify.people.neighbours import Met, Neighbours, closed
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.people.appeared import Noted, note, note_all, tell_at_last, tell_pages
from pipeline.lake.people.heard import Heard, heard
from pipeline.lake.people.met_names import met_names
from pipeline.lake.rows import Row, build, plain
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.layers import LayeredFolder
from pipeline.lake.tables.staged import StagedTable
from pipeline.lake.tables.together import Tables
from pipeline.lake.tables.volumes import mark_of, marks_of
from schemas import APPEARANCES, PEOPLE

logger = logging.getLogger(__name__)

_NUMBER = re.compile(r"-\d+$")
"""What tells namesakes' ids apart."""


def derive(tables: Tables, touched: Touched) -> frozenset[str] | None:
    """Bring `appearances`, `people` and every `person_id` to where they also know the touched pages.

    Gives the other pages on which somebody is linked otherwise than before.
    """
    before = touched.before or tables
    by_hand = _by_hand(touched.known.corrections)
    noted = note_all(tables, before, touched.spread) if touched.pages is None else note(tables, touched.pages)
    with heard(tables[APPEARANCES]) as corpus:
        names, neighbours = _to_link(corpus, tables[APPEARANCES], touched, noted)
        sightings = corpus.sightings(names, by_hand)
        # Who was on these pages alone is on none any more.
        still_there = {one.person_id for one in sightings if one.person_id is not None}
        stood = _people_before(before, still_there | noted.person_ids)
        registry = _registry(tables, stood, names, touched)
        linked = link(sightings, Grounds(neighbours, touched.known.authority, touched.known.corrections, registry))
        changed = corpus.changed(linked.person_of)
    people = build(PEOPLE, [people_row(person) for person in linked.people])
    tables[PEOPLE].replace({*(row["person_id"] for row in stood), *people["person_id"].to_pylist()}, people)
    pages = None if touched.pages is None else touched.pages | set(changed["transcript_id"].to_pylist())
    if touched.is_rebuild:
        tell_at_last(tables, changed)
    else:
        tell_pages(tables, pages, changed)
    logger.info(
        "people_linked names=%d people=%d ids_kept=%d pages=%s",
        len(neighbours.known) if names is None else len(names),
        len(linked.people),
        linked.ids_kept,
        "all" if pages is None else len(pages),
    )
    return None if pages is None or touched.pages is None else frozenset(pages - touched.pages)


PEOPLE_DERIVATION = Derivation("people", derive, (PEOPLE, APPEARANCES))


def _to_link(
    corpus: Heard, appearances: StagedTable, touched: Touched, noted: Noted
) -> tuple[set[str] | None, Neighbours]:
    """The names that may mean somebody else now, closed under `neighbours` (None: all names)."""
    if touched.pages is None:
        return None, Neighbours(corpus.all_names())
    corrections = touched.known.corrections
    kin = touched.known.authority.kin
    with met_names(appearances) as counted:

        def looking_like(names: Collection[Met]) -> Iterator[Met]:
            yield from counted.looking_like(names)
            akin = {other for name in names for other in kin(name.name_key)}
            yield from (one for one in counted.met(akin) if one.transcript_count)

        names = noted.names | corrections.keys | counted.names_of(corrections.people | noted.person_ids)
        return closed(counted.met(counted.namesakes(names)), looking_like, kin)


def _by_hand(corrections: Corrections) -> dict[tuple[str, str], str]:
    """Who is meant by a name on a page, where a correction says so."""
    return {
        (entry.page, key): entry.person_id
        for entries in corrections.pages.values()
        for entry in entries
        if isinstance(entry, PersonCorrection) and (key := key_of(entry.name)) is not None
    }


def _people_before(before: Tables, person_ids: Collection[str]) -> list[Row]:
    rows: list[Row] = before[PEOPLE].of_units(person_ids, columns=("person_id", "former_ids")).to_pylist()
    return rows


def _registry(tables: Tables, stood: Sequence[Row], names: Collection[str] | None, touched: Touched) -> Registry:
    """The ids of these people, and those of others that could be wanted for somebody with one of these names."""
    former = {row["person_id"]: row["former_ids"] for row in stood}
    if names is None:
        return Registry(former)
    known = [person for key in names for person in touched.known.authority.called(key)]
    wanted = {name_of(key).slug for key in names} | {key.replace(" ", "-") for one in known for key in one.keys}
    wanted |= {_NUMBER.sub("", person.person_id) for person in known}
    rows = tables[PEOPLE].marked(marks_of(wanted), ("person_id", "former_ids"))
    ids = pa.chunked_array([*rows["person_id"].chunks, *pc.list_flatten(rows["former_ids"]).chunks], pa.string())
    unnumbered = pc.replace_substring_regex(ids, _NUMBER.pattern, "")
    alike = ids.filter(pc.is_in(unnumbered, pa.array(sorted(wanted), pa.string()))).to_pylist()
    return Registry(former, set(alike) - former.keys() - {old for olds in former.values() for old in olds})


def renew_people(disk: DeltaFolder) -> int:
    """Make the volume by which people are looked up; 1 where it was made.

    Raises:
        OSError, pa.ArrowException: what is there is whole.
    """
    return disk.renew_volume(_marks) if isinstance(disk, LayeredFolder) else 0


def _marks(people: pa.Table) -> list[set[int]]:
    """By what people are found: their ids, those they had before, and both without the number of a namesake."""
    return [
        {mark_of(one) for known in (person_id, *former) for one in (known, _NUMBER.sub("", known))}
        for person_id, former in zip(people["person_id"].to_pylist(), people["former_ids"].to_pylist(), strict=True)
    ]


def people_row(person: Person) -> Row:
    """The row of `people` for somebody."""
    return {
        **plain(person),
        "aliases": list(map(plain, person.aliases)),
        "roles": list(map(plain, person.roles)),
        "former_ids": list(person.former_ids),
    }
