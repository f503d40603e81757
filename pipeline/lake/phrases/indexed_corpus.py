"""What the phrase index knows of the corpus as a whole: its common words, the places of files, the volumes of words.

It stands in one file, and of every volume in the volume itself: where the file is lost it is made anew out of these.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from itertools import chain
from json import JSONDecodeError, dumps, loads
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage import Storage

logger = logging.getLogger(__name__)

WORDS = "words"
"""The folder with the volumes of words, in the index's own."""
_FILE = "corpus.json"
_KEY = b"asrun.corpus"
_NONSENSE = (JSONDecodeError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class IndexedCorpus:
    """What an index was built by stays true of it: common words and places only grow."""

    common_words: tuple[str, ...] = ()
    """Words that some or all files' indexes leave out: to look them up costs more than to read the text. Sorted."""
    next_place: int = 0
    """No index has a place from here on."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By the name of a file of `turns` the first of its places, and the first one behind them."""
    volumes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name of a file of words the files of `turns` whose words it has; it may be missing."""

    def grown(self, turns_file: str, turns: int, words: Collection[str]) -> "IndexedCorpus":
        """The same once a file of so many turns, in which these words are common, has an index of its own."""
        return IndexedCorpus(
            tuple(sorted({*self.common_words, *words})),
            self.next_place + turns,
            {**self.places, turns_file: (self.next_place, self.next_place + turns)},
            {**self.volumes, turns_file: (turns_file,)},
        )

    def merged(self, volumes: Collection[str], volume: str, turns_files: Iterable[str]) -> "IndexedCorpus":
        """The same once this volume, of these files, stands for those ones."""
        rest = {name: files for name, files in self.volumes.items() if name not in volumes}
        return replace(self, volumes={**rest, volume: tuple(turns_files)})

    def volumes_of(self, turns_files: Collection[str]) -> list[str]:
        """The volumes that have words of these files, by their first places."""
        found = [name for name, files in self.volumes.items() if not set(files).isdisjoint(turns_files)]
        return sorted(found, key=lambda name: self.places[self.volumes[name][0]])

    def dead_places(self, volumes: Iterable[str], turns_files: Collection[str]) -> list[tuple[int, int]]:
        """The places in these volumes that are of other files than these."""
        files = chain.from_iterable(self.volumes[name] for name in volumes)
        return sorted(self.places[name] for name in files if name not in turns_files)

    def live_share(self, volume: str, turns_files: Collection[str]) -> float:
        """How many of a volume's places are of these files, from 0 to 1."""
        places = {name: behind - first for name in self.volumes[volume] for first, behind in [self.places[name]]}
        return sum(places[name] for name in places if name in turns_files) / max(1, sum(places.values()))

    def of_volume(self, volume: str) -> "IndexedCorpus":
        """The same of one volume alone: what the volume says of itself."""
        files = self.volumes[volume]
        return replace(self, volumes={volume: files}, places={name: self.places[name] for name in files})

    def joined(self, older: "IndexedCorpus") -> "IndexedCorpus":
        """What this and another one know, without the other's volumes of files that this one has volumes of."""
        mine = set(chain.from_iterable(self.volumes.values()))
        rest = {name: files for name, files in older.volumes.items() if mine.isdisjoint(files)}
        return IndexedCorpus(
            tuple(sorted({*self.common_words, *older.common_words})),
            max(self.next_place, older.next_place),
            {**older.places, **self.places},
            {**rest, **self.volumes},
        )

    def of(self, turns_files: Collection[str], volumes: Collection[str]) -> "IndexedCorpus":
        """The same without volumes that are of none of these files, or are none of these."""
        rest = {name: self.volumes[name] for name in self.volumes_of(turns_files) if name in volumes}
        named = set(chain.from_iterable(rest.values()))
        return replace(self, volumes=rest, places={name: self.places[name] for name in sorted(named)})


def read(storage: Storage, folder: Path) -> IndexedCorpus | None:
    """What is known in this folder of an index, made anew where the file that says so is lost.

    None: nothing, and no file in it may be used. Only for the one who holds the lake's lock.
    """
    path = folder / _FILE
    try:
        return _from_json(storage.read(path))
    except FileNotFoundError:
        pass
    except _NONSENSE:
        logger.warning("phrase_index_damaged file=%s", storage.uri(path))
    found = _recovered(storage, folder)
    if found is not None:
        write(storage, folder, found)
        logger.warning("phrase_index_recovered file=%s volumes=%d", storage.uri(path), len(found.volumes))
    return found


def write(storage: Storage, folder: Path, corpus: IndexedCorpus) -> None:
    """Replace what is known; on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    storage.write(folder / _FILE, _as_json(corpus))


def describing(schema: pa.Schema, corpus: IndexedCorpus) -> pa.Schema:
    """The schema of a volume that also says what is known of it."""
    return schema.with_metadata({_KEY: _as_json(corpus)})


def _recovered(storage: Storage, folder: Path) -> IndexedCorpus | None:
    """What the volumes say; of those that have words of the same file the newest counts. None: they say nothing."""
    volumes = sorted(storage.found(folder / WORDS, ".parquet"), key=attrgetter("modified_at", "path"), reverse=True)
    said = [corpus for volume in volumes if (corpus := _described(storage, volume.path)) is not None]
    return reduce(IndexedCorpus.joined, said) if said else None


def _described(storage: Storage, volume: Path) -> IndexedCorpus | None:
    try:
        with storage.open(volume) as file:
            return _from_json((pq.read_schema(file).metadata or {})[_KEY])
    except (pa.ArrowException, *_NONSENSE):
        logger.warning("phrase_index_unknown_volume file=%s", storage.uri(volume))
        return None


def _from_json(text: bytes) -> IndexedCorpus:
    stated = loads(text.decode("utf-8"))
    return IndexedCorpus(
        tuple(map(str, stated["common_words"])),
        int(stated["next_place"]),
        {str(name): (int(first), int(behind)) for name, (first, behind) in stated["places"].items()},
        {str(name): tuple(map(str, files)) for name, files in stated["volumes"].items()},
    )


def _as_json(corpus: IndexedCorpus) -> bytes:
    return (dumps(asdict(corpus), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
