"""Other libraries' errors as ours: one line that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from pipeline.errors import LakeError

_NO_SPACE = (f"os error {errno.ENOSPC}", "no space left")


@contextmanager
def told(lake_dir: Path) -> Iterator[None]:
    """Tell what goes wrong while the lake is written or read as a LakeError.

    Raises:
        LakeError: delta-rs, Arrow, DuckDB or the operating system refused; what was published before is untouched.
    """
    try:
        yield
    except (DeltaError, pa.ArrowException, duckdb.Error, OSError) as error:
        reason = " ".join(str(error).split())
        if any(sign in reason.lower() for sign in _NO_SPACE):
            raise LakeError(
                f"{lake_dir}: the disk is full; make room and run this again (what was published is untouched)"
            ) from error
        raise LakeError(f"{lake_dir}: {reason}; what was published is untouched") from error
