"""What a run did, as Markdown for people."""

from collections.abc import Iterable, Sequence

from pipeline.amounts import amount
from pipeline.report import NO_SOURCE, RunReport, SourceReport


def to_markdown(report: RunReport, unmatched: Sequence[str] = ()) -> str:
    """The report as Markdown: a table of sources, then what failed.

    `unmatched` are the corrections by hand that nothing answers to any more.
    """
    run = report.run
    asked = ", ".join(f"{name} {_value(value)}" for name, value in run.parameters.items() if value)
    days = ["{} of {} days are done.".format(*report.days_done)] if report.days_done else []
    cost = f"{amount(report.requests, 'request')}, {report.kilobytes:,} kB."
    lines = [
        f"# {run.flow}: {asked}" if asked else f"# {run.flow}",
        "",
        f"{amount(report.new, 'new transcript')}, {report.revised:,} revised; " + cost,
        *days,
        f"Started {run.started_at:%Y-%m-%d %H:%M} UTC, {run.status}.",
        "",
        *_table(
            ("source", "pages", "new", "revised", "listings", "requests", "kB", "seconds"),
            map(_source_row, report.sources),
        ),
        *_section(
            "Alarms",
            ("source", "alarm", "cause", "what was seen"),
            [(one.source_id, one.kind, one.cause, one.detail) for one in report.alarms],
        ),
        *_section(
            "Slowest hosts",
            ("host", "answers", "mean seconds", "slowest"),
            [
                (host.host, str(host.looks), f"{host.mean_seconds:.2f}", f"{host.slowest_seconds:.2f}")
                for host in report.hosts
            ],
        ),
        *_section("Damage in the archive", ("what cannot be read",), [(one,) for one in run.damages]),
        *_section("Corrections without a match", ("what is missing",), [(one,) for one in unmatched]),
        *_section(
            "Failed or rejected",
            ("outcome", "URL", "what was seen"),
            [(trouble.outcome, _link(trouble.url), trouble.detail or "") for trouble in report.troubles],
        ),
    ]
    return "\n".join(lines) + "\n"


def _source_row(source: SourceReport) -> tuple[str, ...]:
    return (
        source.source_id or NO_SOURCE,
        ", ".join(f"{outcome} {count}" for outcome, count in source.pages) or "none due",
        str(source.new),
        str(source.revised),
        f"{source.listings}" + (f" ({source.listings_failed} failed)" if source.listings_failed else ""),
        str(source.requests),
        f"{source.body_bytes / 1000:.0f}",
        f"{source.seconds:.1f}",
    )


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table with its heading; nothing where it has no rows."""
    return ["", f"## {title}", "", *_table(heads, rows)] if rows else []


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
        *("| " + " | ".join(_cell(value) for value in row) + " |" for row in rows),
    ]


class _Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def _link(url: str) -> str:
    """A link that shows where it leads; what is no web address, or no whole one, is text."""
    if not url.startswith(("http://", "https://")) or any(sign in url for sign in "<>|\\") or url.split() != [url]:
        return url
    return _Markdown(f"[{_cell(url)}](<{url}>)")


def _cell(text: str) -> str:
    """Text from strangers in a table's cell: one line, no markup of its own."""
    if isinstance(text, _Markdown):
        return text
    line = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        line = line.replace(sign, f"\\{sign}")
    return line
