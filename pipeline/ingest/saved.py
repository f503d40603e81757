"""Files that others saved, to pages: WARC and WET files, WACZ, ZIP, HTML and text, alone or in folders.

`kinds.py`: what a file is by its name; `portions.py`: WARC and WET files, large ones in portions; `zipped.py`: ZIP and
WACZ files.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from pipeline.archive import Resource, read_foreign
from pipeline.errors import UsageError
from pipeline.exchanges import Exchange
from pipeline.ingest.kinds import KINDS, changed_at, content_type_of, is_known, is_parted, is_warc, is_zip
from pipeline.ingest.portions import Pages, Portion, in_one_member, is_one_member, portions_of, unreadable
from pipeline.ingest.zipped import parts_within

logger = logging.getLogger(__name__)


def files_of(path: Path) -> Iterator[Path]:
    """The file itself; of a folder, all files below it whose kind is known, by name; the log tells of others.

    Raises:
        UsageError: there is no such file, or it is of an unknown kind.
    """
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if not file.is_dir()]
        known = [file for file in files if file.is_file() and is_known(file.name)]
        if left_out := set(files).difference(known):
            kinds = " ".join(sorted({file.suffix for file in left_out}))
            logger.warning("files_left_out folder=%s files=%d kinds=%s", path, len(left_out), kinds)
        yield from known
    elif not path.exists():
        raise UsageError(f"{path}: no such file")
    elif not is_known(path.name):
        raise UsageError(f"{path}: not a kind that can be imported ({KINDS})")
    else:
        yield path


def pages_of(path: Path, url: str | None, max_bytes: int) -> Pages:
    """The pages of a file, in its order; what is promised and raised: as for `parts_of`."""
    for part in parts_of(path, url, max_bytes):
        if isinstance(part, Portion):
            yield from part.pages()
        else:
            yield part


def parts_of(path: Path, url: str | None, max_bytes: int) -> Iterator[Portion | Exchange | Resource]:
    """What a file holds, in its order: portions to be read, and pages; `url` is that of a file that is one page.

    A page in a ZIP has the date of its entry, which is taken for UTC, or the ZIP's where the entry has none. Of a page
    larger than `max_bytes` so much is taken that it will be refused as too large.

    Raises:
        UsageError: the file cannot be read.
        ArchiveError: it is damaged; what stands before the damage was yielded.
    """
    try:
        with path.open("rb") as file:
            if is_parted(path.name):
                size = path.stat().st_size
                if is_one_member(file, 0, size):
                    yield from in_one_member(file, str(path))
                else:
                    yield from portions_of(path, str(path), 0, size)
            elif is_warc(path.name):
                yield from read_foreign(file, str(path))
            elif is_zip(path.name):
                yield from parts_within(file, path, max_bytes)
            else:
                address = url or path.resolve().as_uri()
                yield Resource(address, changed_at(path), content_type_of(path.name), file.read(max_bytes + 1))
    except OSError as error:
        raise unreadable(path, error) from error
