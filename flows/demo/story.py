"""What a demo prints: the runs, what the second night skipped, SQL answers, the truth, and where everything is."""

import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from rich.console import Console

from flows.cli.shown import report_table
from flows.cli.tables import arrow_table, show
from flows.demo.truth import Score
from pipeline.amounts import amount, noun
from pipeline.query.session import connect
from pipeline.report import RunReport
from pipeline.settings import Settings
from tests.network.server import RequestSeen

QUESTIONS = {
    "Who spoke most?": """
SELECT speaker_name, turn_count, word_count, transcript_count
FROM speakers ORDER BY word_count DESC LIMIT 8""",
    "Who said it, and in which words? One page was revised on the second night, its copy was not.": """
SELECT speaker_name, before, hit, after, source_id
FROM kwic('the water stood', 28) JOIN transcripts USING (transcript_id)""",
    "Which stories stand on several sites?": """
SELECT title, count(*) AS pages, string_agg(source_id, ', ' ORDER BY source_id) AS sites,
       max(revision) AS newest_revision
FROM transcripts GROUP BY title HAVING pages > 1 ORDER BY pages DESC, title LIMIT 6""",
}


@dataclass(frozen=True, slots=True)
class Night:
    """A run of the demo: its report, and what the simulated network saw of it."""

    title: str
    report: RunReport
    requests: tuple[RequestSeen, ...]

    @property
    def bodies(self) -> int:
        """Pages that were sent whole."""
        return sum(seen.status == 200 and _is_page(seen.path) for seen in self.requests)

    @property
    def not_modified(self) -> int:
        """Pages and listings that were asked for and had not changed (304, without a body)."""
        return sum(seen.status == 304 for seen in self.requests)


def _is_page(path: str) -> bool:
    return not any(sign in path for sign in ("robots.txt", "sitemap", ".rss", ".xml", "/archive"))


def tell(settings: Settings, nights: tuple[Night, ...], score: Score, seconds: float) -> None:
    """Print the story."""
    console = Console()
    for night in nights:
        show(report_table(night.report), console)
        console.print(
            f"{amount(night.report.new, 'new transcript')}, {night.report.revised} revised; "
            f"{len(night.requests)} requests with robots.txt: "
            f"{amount(night.bodies, 'page')} came whole, {night.not_modified} "
            f"{noun(night.not_modified, 'was', 'were')} «not modified» (304)\n",
            highlight=False,
            soft_wrap=True,
        )
    with connect(settings) as session:
        for question, query in QUESTIONS.items():
            show(arrow_table(question, session.arrow(query)), console)
            console.print(
                indent(query.strip(), "  ") + "\n", style="dim", highlight=False, markup=False, soft_wrap=True
            )
    _tell_score(console, score)
    _tell_places(console, settings)
    console.print(f"\n{seconds:.0f} s, Prefect's start included", highlight=False, soft_wrap=True)


def _tell_score(console: Console, score: Score) -> None:
    console.print(
        f"Compared with what the simulated network knows: {score.pages} pages with a transcript, "
        f"{score.missed_pages} missed, {score.false_pages} false; turns right {score.turns_right} of {score.turns}; "
        f"names right {score.names_right} of {score.names}, wrong {score.names_wrong}",
        highlight=False,
        soft_wrap=True,
    )


def _tell_places(console: Console, settings: Settings) -> None:
    parquet = [path for path in settings.lake_dir.rglob("*.parquet") if "_delta_log" not in path.parts]
    warcs = sorted(settings.archive_dir.glob("*.warc.gz"))
    console.print()
    for what, place in (
        (f"{len(parquet)} Parquet files", settings.lake_dir),
        (f"{len(warcs)} WARC files", settings.archive_dir),
        ("what to open with DuckDB", settings.lake_dir / "asrun.duckdb"),
        ("reports of the runs", settings.reports_dir),
    ):
        console.print(f"{what:26} {_shown(place)}", highlight=False, soft_wrap=True)
    command = f"ASRUN_HOME={_shown(settings.home)} {_shown(Path(sys.argv[0]))} sql \"FROM who_said('river')\""
    console.print(f"\nGo on with:  {command}", highlight=False, soft_wrap=True)


def _shown(path: Path) -> str:
    """Relative to the working folder, as it can be typed."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(absolute)
