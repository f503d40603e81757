"""`make bench-identity`: how right and how fast identities are found, on corpora with known truth."""

import argparse

from rich.console import Console

from flows.cli.tables import show
from tests.benchmarks import linking_lake, people, stories


def main() -> None:
    """Measure and print; nothing is asserted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000, help="pages of the corpus (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another corpus (default: %(default)s)")
    parser.add_argument("--rebuild", type=int, default=5_000, help="pages that a lake links anew")
    parser.add_argument("--night", type=int, default=300, help="pages of a night (default: %(default)s)")
    parser.add_argument("--stored", type=int, default=1_000_000, help="pages in the lake by then")
    options = parser.parse_args()
    console = Console()
    for table in stories.tables(stories.measure(options.pages, options.seed)):
        show(table, console)
    for table in people.tables(options.pages, options.seed):
        show(table, console)
    show(linking_lake.measure(options.rebuild, options.night, options.stored), console)


if __name__ == "__main__":
    main()
