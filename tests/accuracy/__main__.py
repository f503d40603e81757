"""`make accuracy`: asrun beside what is known of the pages, and three text extractors beside asrun."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from flows.cli.tables import show
from tests.accuracy.drafts import draft
from tests.accuracy.facts import SHARED, FactPage, load_all
from tests.accuracy.measures import Error, Tally, Verdict, judge
from tests.accuracy.simulated import simulated_pages
from tests.accuracy.systems import SYSTEMS
from tests.accuracy.tables import by_layout, in_markdown, side_by_side
from tests.readme import write_part

Verdicts = list[tuple[FactPage, Verdict]]


def main() -> None:
    """Measure and print; with `--errors` what asrun got wrong, with `--readme` the table into README.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=main.__doc__)
    parser.add_argument("--errors", action="store_true", help="list everything that asrun got wrong, and no tables")
    parser.add_argument("--page", help="only pages whose name holds this")
    parser.add_argument("--draft", type=Path, metavar="FILE", help="what asrun gives for a page, as facts to correct")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md, with today's date")
    asked = parser.parse_args()
    console = Console()
    if asked.draft:
        console.print(draft(asked.draft.read_bytes()), markup=False, highlight=False, soft_wrap=True)
        return
    pages = [page for page in _pages(console) if not asked.page or asked.page in page.page_id]
    if asked.errors:
        _print_errors(console, [error for _, verdict in _judged("asrun", pages) for error in verdict.errors])
        return
    verdicts = {name: _judged(name, pages) for name in SYSTEMS}
    show(by_layout(_tallies(verdicts["asrun"])), console)
    sets = {name: _sets(judged) for name, judged in verdicts.items()}
    show(side_by_side(sets), console)
    if asked.readme:
        write_part("accuracy", in_markdown(sets, datetime.now(UTC).date()))


def _pages(console: Console) -> list[FactPage]:
    pages = list(simulated_pages())
    if SHARED.is_dir():
        return [*pages, *load_all()]
    console.print("../shared (real pages, not part of the repository) is not here: the simulated network alone.")
    return pages


def _judged(name: str, pages: Iterable[FactPage]) -> Verdicts:
    shown = track(list(pages), description=name, transient=True, disable=not sys.stdout.isatty())
    return [(page, judge(page, SYSTEMS[name](page, page.read()))) for page in shown]


def _tallies(verdicts: Verdicts) -> Mapping[tuple[str, str], Tally]:
    """Sums by layout and era."""
    sums: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for page, verdict in verdicts:
        sums[page.layout, page.era] += verdict.tally
    return dict(sorted(sums.items()))


def _sets(verdicts: Verdicts) -> Mapping[str, Tally]:
    """Sums over the kinds of pages that mean different things."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for page, verdict in verdicts:
        sums[_set_of(page)] += verdict.tally
    return sums


def _set_of(page: FactPage) -> str:
    if page.content is not None:
        return "simulated pages"
    if page.form == "case":
        return "real pages, cut" if page.is_claimed else "real pages, cut, not claimed"
    return "real pages, whole" if page.is_claimed else "real pages, whole, not claimed"


def _print_errors(console: Console, errors: list[Error]) -> None:
    for error in sorted(errors, key=lambda error: (error.kind, error.page_id)):
        what = f"expected {error.expected!r}, given {error.given!r}"
        line = f"{error.kind:18} {error.page_id:32} {error.place:44} {what}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    counts: dict[str, int] = defaultdict(int)
    for error in errors:
        counts[error.kind] += 1
    console.print(", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())) or "no errors", soft_wrap=True)


if __name__ == "__main__":
    main()
