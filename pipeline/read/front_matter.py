"""What copies of pages say of themselves above their text: YAML between two lines `---`, or `Title: ...` and the like.

Makers of corpora and of static sites put it there; nobody spoke it, and it knows title and day better than any line.
"""

import re
from collections.abc import Mapping, Sequence

_FENCE = re.compile(r"-{3,}|\.{3}|\+{3}")
_MOST_LINES = 40
_FIELD = re.compile(r"[\"']?(?P<key>[A-Za-z][\w -]{1,20})[\"']?\s?[:=]\s?(?P<value>.*)")
_KEYS = {
    "title": "title", "headline": "title",
    "author": "author", "authors": "author", "byline": "author",
    "date": "date", "published": "date", "publish_date": "date", "pubdate": "date", "published_at": "date",
    "description": "teaser", "summary": "teaser", "teaser": "teaser", "subtitle": "teaser",
    "program": "program", "show": "program",
    "audio": "", "audio_url": "", "canonical": "", "canonical_url": "", "category": "", "categories": "", "episode": "",
    "id": "", "image": "", "keywords": "", "lang": "", "language": "", "layout": "", "link": "", "slug": "",
    "source": "", "tags": "", "text": "", "type": "", "updated": "", "url": "",
}  # fmt: skip
"""What is called so, and what of a page it is; nothing where it is neither printed nor kept."""
_OWN_KEYS = frozenset(("title", "headline", "url"))
"""One of these is first among lines without a fence: `Date:` and `Byline:` head the records of archives as well."""
_NOTHING = frozenset(("", "null", "~", "[]", "none", ">", "|", ">-", "|-"))


def front_matter(text: str) -> Mapping[str, str]:
    r"""The facts above a text by what they are: `title`, `author`, `date`, `teaser`, `program`.

    >>> front_matter("---\ntitle: 'Rain: A Note'\ntags:\n- rain\n---\n\nANA: Hi.")
    {'title': 'Rain: A Note'}
    >>> front_matter("Title: Rain\nURL: https://a.org/b\n\nANA: Hi.")
    {'title': 'Rain'}
    >>> front_matter("--- ANA: Hi.\nED: Oh."), front_matter("Date: Monday\n\nANA: Hi.")
    ({}, {})
    """
    lines = text.lstrip("\ufeff \t\r\n").split("\n", _MOST_LINES)[:_MOST_LINES]
    found: dict[str, str] = {}
    for line in lines[: _end_of_yaml(lines) or _end_of_fields(lines)]:
        field = _FIELD.match(line)
        kind = _KEYS.get(_key(field), "") if field is not None else ""
        value = field["value"].strip().strip("\"'[]").strip() if field is not None else ""
        if kind and value.lower() not in _NOTHING:
            found.setdefault(kind, value)
    return found


def _end_of_yaml(lines: Sequence[str]) -> int:
    """How many lines two fences and what is between them have; 0 where there are none, or no title among them."""
    if not _FENCE.fullmatch(lines[0].strip()):
        return 0
    fence = next((place for place, line in enumerate(lines) if place and _FENCE.fullmatch(line.strip())), 0)
    fields = [field for line in lines[1:fence] if (field := _FIELD.match(line)) is not None]
    return fence + 1 if any(_KEYS.get(_key(field)) for field in fields) else 0


def _end_of_fields(lines: Sequence[str]) -> int:
    """How many lines from the first one name a fact each; 0 where the first one names no title or address."""
    first = _FIELD.match(lines[0])
    if first is None or _key(first) not in _OWN_KEYS:
        return 0
    return next(
        (
            place
            for place, line in enumerate(lines)
            if (field := _FIELD.match(line)) is None or _key(field) not in _KEYS
        ),
        len(lines),
    )


def _key(field: re.Match[str]) -> str:
    return field["key"].strip().lower().replace(" ", "_")
