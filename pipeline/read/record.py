"""JSON in place of a page: what an API gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import PageRejected
from pipeline.read.json_text import decode_json
from pipeline.records import rejected


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object and the address that it came from."""

    data: Mapping[str, Any]
    url: str | None


def record_of(text: str, url: str | None) -> Record | None:
    """The object that a text is; None where it is another kind of JSON value.

    Raises:
        PageRejected: `rejected:malformed` where it is no JSON, or nests too deep.
    """
    try:
        data = decode_json(text)
    except (ValueError, RecursionError):
        raise PageRejected(rejected("malformed"), "JSON that is cut short or damaged: fetch it again") from None
    return Record(data, url) if isinstance(data, dict) else None
