"""Facts that all pages of npr.org hold in one form: the player's audio and the authors of the linked data."""

import math
from collections.abc import Mapping
from typing import Any

from pipeline.read.html import Html, load_json
from pipeline.read.paragraphs import composed

_AUDIO = ".audio-module-controls-wrap[data-audio]"


def audio_of(page: Html, npr_id: str | None) -> Mapping[str, Any]:
    """The audio of this story: a written story may carry the player of another one, whose id `uid` begins with."""
    for node in page.tree.css(_AUDIO):
        data = load_json(node.attributes.get("data-audio"))
        if isinstance(data, dict) and (npr_id is None or str(data.get("uid", "")).split(":")[0] in ("", npr_id)):
            return data
    return {}


def authors_of(article: Mapping[str, Any]) -> list[str]:
    """The names in a JSON-LD article: NPR's `NewsArticle` holds them as a list in one author."""
    author = article.get("author")
    people = author if isinstance(author, list) else [author]
    names: list[str] = []
    for person in people:
        name = person.get("name") if isinstance(person, dict) else person
        names.extend(str(one).strip() for one in (name if isinstance(name, list) else [name]) if one)
    return [name for name in names if name]


def seconds_of(value: object) -> float | None:
    """A number of seconds, also as a string; None where it is none."""
    try:
        seconds = float(value) if isinstance(value, int | float | str) and value else math.nan
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds < math.inf else None


def text_of(value: object) -> str | None:
    """A string that says something; None for anything else."""
    return composed(value).strip() or None if isinstance(value, str) else None
