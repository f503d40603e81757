"""The parts of README.md and docs/ that are made from the code: read them, and `make readme` writes them anew."""

import re
from pathlib import Path

from schemas.dictionary import markdown

FILE = Path(__file__).parents[1] / "README.md"
DICTIONARY = FILE.parent / "docs" / "data-dictionary.md"


def part(name: str, page: Path = FILE) -> str:
    """What stands between the markers `<!-- name: begin -->` and `<!-- name: end -->` of a page.

    Raises:
        LookupError: the page has no such part.
    """
    found = _pattern(name).search(page.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"{page.name} has no part {name!r}")
    return found[2]


def write_part(name: str, text: str, page: Path = FILE) -> None:
    """Put `text` between the markers of this name."""
    written = page.read_text(encoding="utf-8")
    page.write_text(_pattern(name).sub(lambda found: f"{found[1]}{text}{found[3]}", written), encoding="utf-8")


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: begin -->\n)(.*?)(<!-- {name}: end -->)", re.DOTALL)


if __name__ == "__main__":
    write_part("dictionary", markdown(), DICTIONARY)
