"""Lakes of any size, by the lake's own writer; and a night's stories to commit into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.lake.maintenance import Maintained
from pipeline.lake.published.writing import Writer
from pipeline.lake.store import Lake
from pipeline.records import Ingested
from pipeline.settings import Settings, load_settings
from schemas import APPEARANCES, BYLINES, CAPTURES, PEOPLE, TRANSCRIPTS, TURNS
from schemas.table import UNDIVIDED
from tests.benchmarks.lake.measure import Cost, cost
from tests.benchmarks.lake.rows import TURNS_A_STORY
from tests.benchmarks.lake.text import Corpus, months
from tests.lake.factory import Look, batch

FIRST_MONTH = date(2006, 4, 1)
MONTHS = 240
"""Twenty years, for all but a young lake."""
FEWEST_A_MONTH = 400
NIGHT = 300
REVISED = 30
"""Pages of all years that a night finds changed."""


@dataclass(frozen=True, slots=True)
class Built:
    """A lake with its phrase index, the same turns as plain Parquet beside it, and what writing each of them cost.

    A lake that was there already has no costs.
    """

    settings: Settings
    plain: Path
    turns: int
    lake_costs: Sequence[Cost]
    plain_costs: Sequence[Cost]
    index_costs: Sequence[Cost]


def build(corpus: Corpus, stories: int, home: Path) -> Built:
    """A lake of so many stories, written month by month, turns also by `COPY ... TO ... (FORMAT parquet)`.

    One that is there already is taken as it is.
    """
    plain = home / "plain"
    settings = load_settings(home=home)
    lake = Lake(settings)
    if plain.exists():
        turns = sum(pq.read_metadata(path).num_rows for path in plain.glob("*.parquet"))
        return Built(settings, plain, turns, (), (), _index(lake))
    plain.mkdir(parents=True)
    lake_costs, plain_costs, turns = [], [], 0
    spread = _spread(stories)
    writer = Writer(settings)
    with writer.writing() as work:
        work.tables[PEOPLE].disk.write({UNDIVIDED: corpus.people()})
        for month, count in spread.items():
            rows = corpus.month(month, count)
            for table in (BYLINES, APPEARANCES, TRANSCRIPTS, CAPTURES):
                work.tables[table].disk.write({month: rows[table.name]})
            said = rows[TURNS.name]
            lake_costs.append(cost(partial(work.tables[TURNS].disk.write, {month: said})))
            plain_costs.append(cost(partial(_copy, said, plain / f"{month}.parquet")))
            turns += said.num_rows
        writer.finish(work)
    return Built(settings, plain, turns, lake_costs, plain_costs, _index(lake))


def _spread(stories: int) -> dict[str, int]:
    """The months of a lake of so many stories, and how many are of each."""
    a_month = max(FEWEST_A_MONTH, -(-stories // MONTHS))
    count = -(-stories // a_month)
    return {month: min(a_month, stories - number * a_month) for number, month in enumerate(months(FIRST_MONTH, count))}


def _index(lake: Lake) -> list[Cost]:
    """What indexing what is not indexed yet costs; the last maintenance has nothing left to do and is not counted."""
    costs = []
    done: list[Maintained] = []
    while not done or done[-1].indexed_files:
        costs.append(cost(lambda: done.append(lake.maintain(datetime.now(UTC)))))
    return costs[:-1]


def _copy(rows: pa.Table, place: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("coming", rows.drop_columns([TURNS.partition.name] if TURNS.partition else []))
        connection.execute(
            f"COPY (FROM coming ORDER BY air_date, transcript_id, turn_index) TO '{place}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )


def night(corpus: Corpus, stories: int, number: int) -> list[Ingested]:
    """The stories of one night in the last month of a lake of so many stories."""
    month = [*_spread(stories)][-1]
    day = date.fromisoformat(f"{month}-01") + timedelta(days=number)
    texts = iter(corpus.month(month, NIGHT, first=1_000_000 + number * NIGHT)[TURNS.name]["text"].to_pylist())
    looks = [
        Look(
            page=10_000_000 + number * NIGHT + story,
            air_date=day,
            title=f"Story {number} {story}",
            said=[("LEILA FADEL, HOST:", next(texts)) for _ in range(TURNS_A_STORY)],
        )
        for story in range(NIGHT)
    ]
    return batch(*looks)


def seen_again(corpus: Corpus, stories: int, number: int) -> list[Ingested]:
    """Pages from all the years of a lake of so many stories: new at night 0, each with a turn changed at the others."""
    spread = [*_spread(stories)]
    looks = []
    for at in range(REVISED):
        month = spread[at * len(spread) // REVISED]
        texts = corpus.month(month, 1, first=2_000_000)[TURNS.name]["text"].to_pylist()
        texts[0] += f" Seen {number} times."
        looks.append(
            Look(
                page=20_000_000 + at,
                hours=24 * number,
                air_date=date.fromisoformat(f"{month}-15"),
                title=f"Seen again {at}",
                said=[("LEILA FADEL, HOST:", text) for text in texts],
            )
        )
    return batch(*looks)
