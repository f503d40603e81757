"""The parts of README.md that are made from the code: read them, and `make readme` writes them anew."""

import re
from pathlib import Path

from schemas.dictionary import markdown

FILE = Path(__file__).parents[1] / "README.md"


def part(name: str) -> str:
    """What stands between the markers `<!-- name: begin -->` and `<!-- name: end -->`.

    Raises:
        LookupError: the README has no such part.
    """
    found = _pattern(name).search(FILE.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"README.md has no part {name!r}")
    return found[2]


def write_part(name: str, text: str) -> None:
    """Put `text` between the markers of this name."""
    readme = FILE.read_text(encoding="utf-8")
    FILE.write_text(_pattern(name).sub(lambda found: f"{found[1]}{text}{found[3]}", readme), encoding="utf-8")


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: begin -->\n)(.*?)(<!-- {name}: end -->)", re.DOTALL)


if __name__ == "__main__":
    write_part("dictionary", markdown())
