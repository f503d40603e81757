"""Charts as SVG by hand: nothing goes in but numbers and dates, so nothing has to be escaped.

Colours are Okabe and Ito's, told apart by people of every colour vision; what is missing also has another shape, so
that a print in grey tells it too. Each chart stands beside a table of the same figures, and is hidden from readers of
the screen.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from pipeline.coverage import DayCoverage

CELL, STEP = 9, 11
"""A day's square, and from one to the next."""
_TOP = 12
_BAR_HEIGHT, _BAR_WIDTH = 90, 8
_LEAST_MONTH_WEEKS = 3
"""Weeks between two names of months that do not touch."""


def calendar(days: Sequence[DayCoverage], first: date, weeks: int) -> Markup:
    """A programme's days as squares: a column a week from the Monday `first`, a row a weekday."""
    paths: dict[str, list[str]] = {}
    for day in days:
        week, weekday = divmod((day.air_date - first).days, 7)
        left, top = week * STEP, _TOP + weekday * STEP
        level = _level(day)
        square = f"M{left} {top}h{CELL}v{CELL}h-{CELL}z"
        if level == "missing":
            square += f"m0 0l{CELL} {CELL}m-{CELL} 0l{CELL} -{CELL}"
        paths.setdefault(level, []).append(square)
    drawn = "".join(f'<path class="{level}" d="{"".join(parts)}"/>' for level, parts in sorted(paths.items()))
    return _svg(weeks * STEP, _TOP + 7 * STEP, drawn + _months(first, weeks, 9), "calendar")


def _level(day: DayCoverage) -> str:
    known = day.published + day.not_yet + day.gone + day.rejected
    if day.published >= day.expected:
        return "full"
    if 2 * day.published >= day.expected:
        return "most"
    if day.published:
        return "some"
    return "waiting" if known >= day.expected else "missing"


def bars(values: Sequence[int], first: date) -> Markup:
    """A bar a week from the Monday `first`, with its highest value written on."""
    highest = max(values, default=0) or 1
    drawn = []
    for week, value in enumerate(values):
        height = round(_BAR_HEIGHT * value / highest, 1)
        drawn.append(f"M{week * STEP} {_TOP + _BAR_HEIGHT}v-{height:g}h{_BAR_WIDTH}v{height:g}z")
    width = len(values) * STEP
    grid = "".join(
        f'<path class="grid" d="M0 {_TOP + round(_BAR_HEIGHT * share)}h{width}"/>' for share in (0.0, 0.5, 1.0)
    )
    labels = f'<text x="2" y="{_TOP - 2}">{highest:,}</text>' + _months(first, len(values), _TOP + _BAR_HEIGHT + 12)
    return _svg(width, _TOP + _BAR_HEIGHT + 16, f'{grid}<path class="full" d="{"".join(drawn)}"/>{labels}', "bars")


def shares(parts: Sequence[tuple[str, int]]) -> Markup:
    """Counts beside each other in one line, each in the look of its class, as shares of their sum."""
    total = sum(count for _, count in parts) or 1
    left = 0.0
    drawn = []
    for name, count in parts:
        width = 100 * count / total
        if count:
            drawn.append(f'<rect class="{name}" x="{left:.2f}" y="0" width="{width:.2f}" height="10"/>')
        left += width
    return Markup(  # noqa: S704  # numbers and our own names
        f'<svg class="shares" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(drawn)}</svg>'
    )


def _months(first: date, weeks: int, top: int) -> str:
    """The names of the months, each over the week in which its first day is."""
    drawn, free = [], 0
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        sunday = monday + timedelta(days=6)
        if sunday.day <= 7 and week >= free and week <= weeks - _LEAST_MONTH_WEEKS:
            drawn.append(f'<text x="{week * STEP}" y="{top}">{sunday:%b}</text>')
            free = week + _LEAST_MONTH_WEEKS
    return "".join(drawn)


def _svg(width: int, height: int, drawn: str, name: str) -> Markup:
    return Markup(  # noqa: S704  # numbers and our own names
        f'<svg class="{name}" viewBox="-1 0 {width + 1} {height}" aria-hidden="true">{drawn}</svg>'
    )
