"""The commands that give the corpus to others: releases, their verification, exports."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.running import tell_problems
from pipeline.amounts import amount


class Text(StrEnum):
    """Whether running text, which is its publishers', goes with a release."""

    FULL = "full"
    NONE = "none"


def release(
    folder: Annotated[Path, typer.Argument(help="A new folder: the release appears there whole, or not at all.")],
    text: Annotated[
        Text, typer.Option(help="none: counts, speakers and metadata only, to be shared where text may not.")
    ] = Text.FULL,
) -> None:
    """Write the newest edition of the lake as plain Parquet, with data dictionary, checksums and quality figures."""
    from rich.console import Console

    from pipeline.lake.release import release as write
    from pipeline.settings import load_settings

    with Console(stderr=True).status("writing") as status:
        made = write(
            load_settings(),
            folder,
            text=text.value,
            progress=lambda table, done, tables: status.update(f"writing {table} ({done + 1} of {tables})"),
        )
    rows = ", ".join(f"{name} {count:,}" for name, count in made.row_counts.items())
    typer.echo(f"{made.place}: edition {made.edition_id}, {amount(made.byte_count, 'byte')}; rows: {rows}")


def verify(folder: Annotated[Path, typer.Argument(help="A folder that `asrun release` wrote.")]) -> None:
    """Check a release: every file against its digest, every table against its number of rows.

    Exit code 1 where something is missing, changed, cut or added; each is a line on standard error.
    """
    from rich.console import Console

    from pipeline.lake.release import verify as problems_of

    with Console(stderr=True).status("checking"):
        problems = list(problems_of(folder))
    tell_problems(problems)
    typer.echo(f"{folder}: {amount(len(problems), 'problem') if problems else 'whole'}")
    raise typer.Exit(int(bool(problems)))


class Form(StrEnum):
    """What a selection is written as."""

    CSV = "csv"
    JSONL = "jsonl"
    CONVOKIT = "convokit"
    TEI = "tei"
    DATASETS = "datasets"


def export(
    form: Annotated[Form, typer.Argument(help="csv and jsonl are files; convokit, tei and datasets folders.")],
    place: Annotated[Path, typer.Argument(help="A new file or folder: it appears there whole, or not at all.")],
    where: Annotated[
        str | None,
        typer.Option(
            help="A condition over transcripts, such as \"program = 'Fresh Air' AND air_date >= '2026-01-01'\"."
        ),
    ] = None,
) -> None:
    """Write a selection of transcripts for other tools: spreadsheets, ConvoKit, TEI, Hugging Face datasets."""
    from rich.console import Console

    from pipeline.export import Format
    from pipeline.export import export as write
    from pipeline.query.session import connect
    from pipeline.settings import load_settings

    with connect(load_settings()) as session, Console(stderr=True).status("writing"):
        count = write(session, Format(form.value), place, where)
    typer.echo(f"{place}: {amount(count, 'transcript')}")
