"""The SQL of the views over the phrase index, which the macros search and count by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.lake.phrases.index_rows import FIELDS, SEPARATOR
from pipeline.lake.phrases.indexed_corpus import WORDS, IndexedCorpus
from pipeline.lake.reach import parquet_files
from pipeline.storage import Storage
from schemas.grades import EDGE, GRADE
from schemas.phrases import common_words_macro, paired_words_macro
from schemas.table import quoted

_TYPES = {"turn_index": "INTEGER", "air_date": "DATE"}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of file of the index: what is in it, and its columns with their types and meanings."""

    meaning: str
    columns: Mapping[str, tuple[str, str]]


def _alike(view: str, columns: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {name: (kind, f"As in {view}.") for name, kind in columns.items()}


_VOICE = {
    "transcript_id": "VARCHAR",
    "air_date": "DATE",
    "source_id": "VARCHAR",
    "program": "VARCHAR",
    "speaker_name": "VARCHAR",
    "person_id": "VARCHAR",
    "speaker_role": "VARCHAR",
    "turn_count": "INTEGER",
    "word_count": "BIGINT",
    "question_turn_count": "INTEGER",
    "question_count": "BIGINT",
    "is_first": "BOOLEAN",
}
PARTS: Mapping[str, Part] = {
    "turns": Part(
        "the turns that are indexed, in small portions; for turns_with.",
        {
            "place": ("BIGINT", "Place of the turn: a number that no other turn has."),
            "turn": ("VARCHAR", "What a search shows of the turn beside its text, as one text."),
            "text": ("VARCHAR", "As in turns."),
        },
    ),
    "pages": Part(
        "the transcripts that are indexed; for ngram_trend.",
        {
            "place": ("BIGINT", "Place of its first turn; those of its other turns follow."),
            "transcript_id": ("VARCHAR", "As in transcripts."),
            "air_date": ("DATE", "As in transcripts."),
        },
    ),
    "voices": Part("who speaks on the pages that are indexed, copies included; for voices.", _alike("voices", _VOICE)),
    "grades": Part(
        "how surely speakers are named on the pages that are indexed, counted; of pages that other files may have the "
        "rest of, the turns; for grades.",
        {**_alike("turns", EDGE), **_alike("grades", GRADE)},
    ),
    WORDS: Part(
        "which words stand where, those of turns that are gone included (is_live_place); for turns_with.",
        {
            "word": ("VARCHAR", "Word, as phrase_words gives it."),
            "place": ("BIGINT", "Place of the turn that it stands in."),
            "spot": ("INTEGER", "Number of the word in the turn, from 0; in a cue below 0, to -1 for its last."),
        },
    ),
}
"""By the names of their folders, in the order in which they are written: where there are words, the index is whole."""


def views(storage: Storage, folder: Path, turns_files: Sequence[Path], corpus: IndexedCorpus) -> str:
    """The SQL of what the macros search by: over the indexes, in this folder, of these files of `turns`."""
    live = {path.name for path in turns_files}
    volumes = corpus.volumes_of(live)
    statements = []
    for name, part in PARTS.items():
        files = volumes if name == WORDS else [path.name for path in turns_files]
        place = folder / name
        statements += [
            f"CREATE VIEW internal.indexed_{name} AS {_read(storage, [place / file for file in files], part)};",
            f"COMMENT ON VIEW internal.indexed_{name} IS {quoted(f'Phrase index: {part.meaning}')};",
            *(
                f"COMMENT ON COLUMN internal.indexed_{name}.{column} IS {quoted(meaning)};"
                for column, (_, meaning) in part.columns.items()
            ),
        ]
    return "\n".join(
        [
            *statements,
            _said_macro(),
            _live_macro(corpus.dead_places(volumes, live)),
            common_words_macro(corpus.common_words),
            paired_words_macro(),
        ]
    )


def without(ranges: Sequence[tuple[int, int]]) -> str:
    """The condition that leaves places out: those from a first one to that before another."""
    left_out = " OR ".join(f"place BETWEEN {first} AND {behind - 1}" for first, behind in ranges)
    return f"NOT ({left_out})" if left_out else "true"


def _live_macro(dead_places: Sequence[tuple[int, int]]) -> str:
    return (
        f"CREATE MACRO internal.is_live_place(place) AS {without(dead_places)};\n"
        "COMMENT ON MACRO internal.is_live_place IS 'is_live_place(place): whether a turn still has this place.';"
    )


def _read(storage: Storage, files: Sequence[Path], part: Part) -> str:
    if not files:
        nothing = ", ".join(f"NULL::{kind} AS {name}" for name, (kind, _) in part.columns.items())
        return f"SELECT {nothing} WHERE false"
    return f"SELECT {', '.join(part.columns)} FROM {parquet_files(map(storage.uri, files))}"  # noqa: S608  # our own names, quoted


def _said_macro() -> str:
    fields = ", ".join(
        f"'{name}': nullif(fields[{number}], '')::{_TYPES.get(name, 'VARCHAR')}"
        for number, name in enumerate(FIELDS, 1)
    )
    return (
        f"CREATE MACRO internal.indexed_fields(fields) AS {{{fields}}};\n"
        "CREATE MACRO internal.indexed_turn(turn) AS "
        f"internal.indexed_fields(string_split(turn, chr({ord(SEPARATOR)})));\n"
        "COMMENT ON MACRO internal.indexed_fields IS 'indexed_fields(fields): the parts of an indexed turn, named.';\n"
        "COMMENT ON MACRO internal.indexed_turn IS 'indexed_turn(turn): the columns of a turn of the phrase index.';\n"
    )
