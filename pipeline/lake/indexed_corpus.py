"""What the phrase index knows of the corpus as a whole: its common words, and the places that are taken."""

import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass
from json import JSONDecodeError, dumps, loads
from pathlib import Path

from pipeline.storage import Storage

logger = logging.getLogger(__name__)

_FILE = "corpus.json"


@dataclass(frozen=True, slots=True)
class IndexedCorpus:
    """It only grows: what an index was built by stays true of it."""

    common_words: tuple[str, ...] = ()
    """Words that some or all files' indexes leave out: to look them up costs more than to read the text. Sorted."""
    next_place: int = 0
    """No index has a place from here on."""

    def grown(self, words: Collection[str], turns: int) -> "IndexedCorpus":
        """The same once a file of so many turns was indexed, in which these words are common."""
        return IndexedCorpus(tuple(sorted({*self.common_words, *words})), self.next_place + turns)


def read(storage: Storage, folder: Path) -> IndexedCorpus | None:
    """What is known in this folder of an index; None: nothing, and no file in it may be used."""
    path = folder / _FILE
    try:
        stated = loads(storage.read(path).decode("utf-8"))
        return IndexedCorpus(tuple(map(str, stated["common_words"])), int(stated["next_place"]))
    except FileNotFoundError:
        return None
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
        logger.warning("phrase_index_damaged file=%s", storage.uri(path))
        return None


def write(storage: Storage, folder: Path, corpus: IndexedCorpus) -> None:
    """Replace what is known; on disk when this returns."""
    folder.mkdir(parents=True, exist_ok=True)
    text = dumps(asdict(corpus), ensure_ascii=False, indent=1) + "\n"
    storage.write(folder / _FILE, text.encode("utf-8"))
