"""`make bench-identity`: how right and how fast identities are found, on corpora with known truth."""

import argparse

from rich.console import Console
from rich.table import Table

from flows.cli.tables import show
from tests.benchmarks import linking_lake, people, stories

PARTS = ("stories", "people", "rebuild", "night")
"""How right stories and people are, beside naive rules; what a rebuild costs a lake, and one night a lake of many."""


def main() -> None:
    """Measure and print; nothing is asserted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (default: all)")
    parser.add_argument("--pages", type=int, default=20_000, help="pages that are linked (default: %(default)s)")
    parser.add_argument("--corpus", type=int, default=1_000_000, help="pages in a night's lake (default: %(default)s)")
    parser.add_argument("--night", type=int, default=300, help="pages of a night (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another corpus (default: %(default)s)")
    options = parser.parse_args()
    console = Console()
    for part in options.parts:
        for table in _measured(part, options):
            show(table, console)


def _measured(part: str, options: argparse.Namespace) -> list[Table]:
    match part:
        case "stories":
            return stories.tables(stories.measure(options.pages, options.seed))
        case "people":
            return people.tables(options.pages, options.seed)
        case "rebuild":
            return [linking_lake.rebuilt(options.pages)]
        case _:
            return [linking_lake.night(options.night, options.corpus)]


if __name__ == "__main__":
    main()
