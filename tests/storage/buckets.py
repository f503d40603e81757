"""Settings whose archive and lake are in a bucket, and what such a lake holds."""

from itertools import count
from pathlib import Path
from typing import Any

from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.network.s3 import S3

_NUMBERS = count(1)


def place_in(s3: S3) -> dict[str, str]:
    """The settings that name a new bucket."""
    bucket = f"corpus-{next(_NUMBERS)}"
    s3.make_bucket(bucket)
    return {"storage_url": f"s3://{bucket}/radio", "storage_endpoint": s3.address}


def in_bucket(home: Path, s3: S3) -> Settings:
    return load_settings(home=home, **place_in(s3))


def rows(settings: Settings, *names: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of these tables, or of all."""
    with connect(settings) as session:
        return {
            table.name: session.arrow(f"FROM {table.name} ORDER BY {', '.join(table.order)}").to_pylist()
            for table in TABLES
            if table.name in names or not names
        }
