"""The measured growth as a table and a plot, in the docs."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from math import log10
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.growth.night import MAINTAIN, NIGHT, PAGES, REPARSE, STAGES, STATUS, Spent

PAGE, PLOT = "growth.md", "growth.svg"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000")
"""Okabe and Ito's."""
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 400, 60, 230, 30, 50
_STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


def write(folder: Path, found: Mapping[int, Spent], day: date) -> None:
    """Put the figures into the page, between its marks, and draw the plot beside it."""
    page = folder / PAGE
    before, rest = page.read_text(encoding="utf-8").split(_BEGIN)
    after = rest.split(_END)[1]
    page.write_text(f"{before}{_BEGIN}\n{_table(found, day)}{_END}{after}", encoding="utf-8")
    (folder / PLOT).write_text(_plot(found), encoding="utf-8")


def _table(found: Mapping[int, Spent], day: date) -> str:
    heads = ["processor ms a page", *(f"{size:,} stories" for size in found), "peak MB"]
    rows = [[stage, *_of_each(found, stage)] for stage in NIGHT]
    rows.append(["**a page of a night**", *(f"**{_ms(spent, *NIGHT):.1f}**" for spent in found.values()), ""])
    rows.append(["**a page of a reparse**", *_of_each(found, REPARSE)])
    for stage in (STATUS, MAINTAIN):
        seconds = (f"{spent.seconds[stage]:.2f} s" for spent in found.values())
        rows.append([f"{stage}, the whole", *seconds, _peaks(found, stage)])
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---", *["--:"] * (len(heads) - 1)], *rows)]
    load = os.getloadavg()[2]
    told = (
        f"Measured on {day} on {os.cpu_count()} cores (load of the last quarter of an hour: {load:.1f}), {PAGES} pages."
    )
    return "\n".join([told, "", *lines, ""])


def _of_each(found: Mapping[int, Spent], stage: str) -> list[str]:
    return [*(f"{_ms(spent, stage):.1f}" for spent in found.values()), _peaks(found, stage)]


def _ms(spent: Spent, *stages: str) -> float:
    return sum(1000 * spent.seconds[stage] / PAGES for stage in stages)


def _peaks(found: Mapping[int, Spent], stage: str) -> str:
    return " / ".join(f"{spent.peak_megabytes[stage]:.0f}" for spent in found.values())


def _plot(found: Mapping[int, Spent]) -> str:
    """Both axes are logarithmic: what does not grow with the lake is level."""
    lines = {stage: [_ms(spent, stage) for spent in found.values()] for stage in STAGES}
    lines["a page of a night, in all"] = [_ms(spent, *NIGHT) for spent in found.values()]
    values = [max(value, _STEPS[0]) for line in lines.values() for value in line]
    low = max(step for step in _STEPS if step <= min(values))
    high = min((step for step in _STEPS if step >= max(values)), default=_STEPS[-1])
    sizes = list(found)
    drawn = [*_grid(sizes, low, high)]
    for (name, line), colour in zip(lines.items(), _COLOURS, strict=True):
        points = [(_x(size, sizes), _y(max(value, low), low, high)) for size, value in zip(sizes, line, strict=True)]
        drawn.append(_line(points, colour, is_whole=name.endswith("all")))
    drawn += _legend(list(lines))
    title = '<text x="60" y="18" font-weight="bold">Processor ms a page, by the stories in the lake</text>'
    space = "http://www.w3.org/2000/svg"
    head = f'<svg xmlns="{space}" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', title, *drawn, "</svg>", ""])


def _grid(sizes: Sequence[int], low: float, high: float) -> list[str]:
    drawn = [
        f'<text x="{_x(size, sizes):.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    for step in (step for step in _STEPS if low <= step <= high):
        y = _y(step, low, high)
        drawn.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        drawn.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step:g}</text>')
    return drawn


def _line(points: Sequence[tuple[float, float]], colour: str, *, is_whole: bool) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{3 if is_whole else 1.5}"/>{dots}'


def _legend(names: Sequence[str]) -> list[str]:
    x = _WIDTH - _RIGHT + 20
    drawn = []
    for number, (name, colour) in enumerate(zip(names, _COLOURS, strict=True)):
        y = _TOP + 20 + 22 * number
        drawn.append(f'<line x1="{x}" x2="{x + 18}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>')
        drawn.append(f'<text x="{x + 24}" y="{y + 4}">{escape(name)}</text>')
    return drawn


def _x(size: int, sizes: Sequence[int]) -> float:
    share = log10(size / sizes[0]) / log10(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.5
    return _LEFT + 20 + share * (_WIDTH - _LEFT - _RIGHT - 40)


def _y(value: float, low: float, high: float) -> float:
    share = log10(value / low) / log10(high / low)
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)
