"""What the phrase index knows of the corpus as a whole: its common words, the places of files, the volumes of words."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from json import JSONDecodeError, dumps, loads
from pathlib import Path

from pipeline.storage import Storage

logger = logging.getLogger(__name__)

_FILE = "corpus.json"


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

    def of(self, turns_files: Collection[str], volumes: Collection[str]) -> "IndexedCorpus":
        """The same without volumes that are of none of these files, or are none of these."""
        rest = {name: self.volumes[name] for name in self.volumes_of(turns_files) if name in volumes}
        named = set(chain.from_iterable(rest.values()))
        return replace(self, volumes=rest, places={name: self.places[name] for name in sorted(named)})


def read(storage: Storage, folder: Path) -> IndexedCorpus | None:
    """What is known in this folder of an index; None: nothing, and no file in it may be used."""
    path = folder / _FILE
    try:
        stated = loads(storage.read(path).decode("utf-8"))
        return IndexedCorpus(
            tuple(map(str, stated["common_words"])),
            int(stated["next_place"]),
            {str(name): (int(first), int(behind)) for name, (first, behind) in stated["places"].items()},
            {str(name): tuple(map(str, files)) for name, files in stated["volumes"].items()},
        )
    except FileNotFoundError:
        return None
    except (JSONDecodeError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError):
        logger.warning("phrase_index_damaged file=%s", storage.uri(path))
        return None


def write(storage: Storage, folder: Path, corpus: IndexedCorpus) -> None:
    """Replace what is known; on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    text = dumps(asdict(corpus), ensure_ascii=False, indent=1) + "\n"
    storage.write(folder / _FILE, text.encode("utf-8"))
