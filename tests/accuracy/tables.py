"""The figures as tables: for the terminal and for README.md."""

from collections.abc import Callable, Mapping
from datetime import date

from rich.table import Table

from tests.accuracy.measures import Tally, share

_NONE = "·"


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else _NONE


FIGURES: dict[str, Callable[[Tally], str]] = {
    "pages": lambda tally: str(tally.pages),
    "precision": lambda tally: _percent(share(tally.edges_right, tally.edges_given)),
    "recall": lambda tally: _percent(share(tally.edges_right, tally.edges_known)),
    "boundaries F1": lambda tally: _percent(tally.boundaries),
    "names right": lambda tally: _percent(share(tally.names_right, tally.names_known)),
    "names wrong": lambda tally: _percent(share(tally.names_wrong, tally.names_given)),
    "spelt right": lambda tally: _percent(share(tally.names_spelt, tally.names_right)),
    "roles right": lambda tally: _percent(share(tally.roles_right, tally.roles_known)),
    "roles beyond": lambda tally: _percent(share(tally.roles_beyond, tally.roles_untold)),
    "cues F1": lambda tally: _percent(tally.cues),
    "texts whole": lambda tally: _percent(share(tally.texts_whole, tally.texts_known)),
    "leaks": lambda tally: str(tally.leaks) if tally.edges_given else _NONE,
    "negatives accepted": lambda tally: _of(tally.accepted, tally.negatives),
    "transcripts missed": lambda tally: _of(tally.missed, tally.transcripts),
}
_IN_README = (
    "pages", "boundaries F1", "names right", "names wrong", "roles right", "roles beyond", "cues F1", "leaks",
    "negatives accepted", "transcripts missed",
)  # fmt: skip


def by_layout(tallies: Mapping[tuple[str, str], Tally]) -> Table:
    """asrun's figures for each layout and era."""
    table = _table("asrun, by layout and era (per cent)", ["layout", "era"], list(FIGURES))
    for (layout, era), tally in tallies.items():
        table.add_row(layout, era, *(figure(tally) for figure in FIGURES.values()))
    return table


def side_by_side(sets: Mapping[str, Mapping[str, Tally]]) -> Table:
    """Every system's figures for each set of pages."""
    table = _table("beside text extractors with a label regex (per cent)", ["pages", "read by"], list(FIGURES)[1:])
    for name in next(iter(sets.values())):
        for system, tallies in sets.items():
            table.add_row(name, system, *(figure(tallies[name]) for figure in list(FIGURES.values())[1:]))
        table.add_section()
    return table


def _table(title: str, heads: list[str], figures: list[str]) -> Table:
    table = Table(title=title)
    for head in heads:
        table.add_column(head, no_wrap=True)
    for figure in figures:
        table.add_column(figure, justify="right")
    return table


def in_markdown(sets: Mapping[str, Mapping[str, Tally]], day: date) -> str:
    """The table for README.md."""
    lines = [
        f"`make accuracy` on {day.isoformat()}, in per cent:",
        "",
        f"| pages | read by | {' | '.join(_IN_README[1:])} |",
        f"|---|---|{'---:|' * (len(_IN_README) - 1)}",
    ]
    for name in next(iter(sets.values())):
        for system, tallies in sets.items():
            tally = tallies[name]
            title = f"{name} ({tally.pages})"
            lines.append(f"| {title} | {system} | {' | '.join(FIGURES[key](tally) for key in _IN_README[1:])} |")
    return "\n".join(lines) + "\n"
