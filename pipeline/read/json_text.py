"""JSON as pages and APIs give it, to what it says."""

import json
import re
from typing import Any

_DECODER = json.JSONDecoder(strict=False)
_MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")


def decode_json(text: str) -> Any:
    r"""The value that a text is.

    Of a sign beyond 16 bits whose other half was cut off, as in a headline shortened by JavaScript, a replacement
    character stays: half a sign is no text, and nothing can keep it.

    >>> print(ascii(decode_json(r'"A long day \ud83d"')))
    'A long day \ufffd'

    Raises:
        ValueError, RecursionError: it is no JSON, or nests too deep.
    """
    value = _DECODER.decode(text)
    return _mended(value) if _MAY_BE_HALF.search(text) else value


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mended(entry) for entry in value]
    if isinstance(value, dict):
        return {_mended(name): _mended(entry) for name, entry in value.items()}
    return value
