"""Other libraries' errors as ours: one line that says what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from pipeline.errors import LakeBusy, LakeError
from pipeline.storage import Overtaken
from pipeline.storage.trouble import plain

_CONFLICT = "concurrent transaction"
"""What delta-rs says where somebody else has committed to the table meanwhile."""
_REFUSED = {errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS}
_NO_SPACE = (f"os error {errno.ENOSPC}", "no space left", "database or disk is full")


@contextmanager
def told(place: str | Path, otherwise: str = "the setting `home`") -> Iterator[None]:
    """Tell what goes wrong while the lake, or `place` from it, is written or read as a LakeError.

    `otherwise`: what is to be corrected where a place must not be written and its permissions are meant so.

    Raises:
        LakeBusy: another machine writes the same bucket.
        LakeError: delta-rs, Arrow, DuckDB, SQLite or the operating system refused; what was published is untouched.
    """
    try:
        yield
    except (DeltaError, pa.ArrowException, duckdb.Error, sqlite3.Error, OSError) as error:
        reason = plain(str(error))
        if isinstance(error, Overtaken) or _CONFLICT in reason:
            said = f"{place}: another machine is writing this lake; wait for it, then run this again"
            raise LakeBusy(said) from error
        if any(sign in reason.lower() for sign in _NO_SPACE):
            raise LakeError(
                f"{place}: the disk is full; make room and run this again (what was published is untouched)"
            ) from error
        if isinstance(error, OSError) and error.errno in _REFUSED:
            where = error.filename or place
            raise LakeError(
                f"{where}: cannot be written or read ({error.strerror}); correct its permissions or {otherwise}"
            ) from error
        raise LakeError(f"{place}: {reason}; what was published is untouched") from error
