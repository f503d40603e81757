"""`asrun parse`: a page to JSON, with no network, no lake and no Prefect."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pipeline.as_json import reading_as_json
from pipeline.errors import UsageError
from pipeline.memory import keep_memory
from pipeline.read.saved import CONTENT_TYPES
from pipeline.records import PUBLISHED, Reading

if TYPE_CHECKING:
    from pipeline.sources import Sources

_UNREADABLE = "cannot be read"
"""Where an outcome stands, of a file that could not be opened: it has no outcome."""


def parse(
    file: Annotated[str | None, typer.Argument(help="A saved page; - reads standard input.", metavar="FILE|-")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page is from; decides source and station.")] = None,
    content_type: Annotated[
        str | None, typer.Option(help="Its Content-Type header; by the file's suffix where not given.")
    ] = None,
    many: Annotated[Path | None, typer.Option(help="A folder of saved pages, parsed in parallel.")] = None,
    out: Annotated[Path | None, typer.Option(help="With --many: folder for one JSON file a page.")] = None,
) -> None:
    """Read one page and print what it says as JSON: transcript, bylines, turns; or the outcome that says why not.

    Unknown is null. Exit code 1: the page cannot be read (outcome rejected:...). A page that was read and holds no
    transcript (not_a_transcript, not_yet) is no failure.
    """
    if many is not None:
        if file is not None or out is None or url is not None:
            raise UsageError("--many DIR takes --out DIR, and neither FILE nor --url")
        raise typer.Exit(_parse_many(many, out, content_type))
    if file is None:
        raise UsageError("name a FILE, or - for standard input, or a folder with --many; see `asrun parse --help`")
    if out is not None:
        raise UsageError("--out goes with --many; one page is printed")
    if url is not None and not _has_host(url):
        raise UsageError(f"--url {url!r} is no URL of a page; it begins with https:// and a host")
    from pipeline.parse import parse_page

    content = sys.stdin.buffer.read() if file == "-" else _content_of(Path(file))
    content_type = content_type or CONTENT_TYPES.get(Path(file).suffix.lower())
    reading = parse_page(content, url=url, content_type=content_type, sources=_sources())
    typer.echo(to_json(reading))
    if reading.outcome != PUBLISHED:
        typer.echo(f"asrun: {file}: {reading.outcome}: {reading.detail or 'no transcript'}", err=True)
    raise typer.Exit(int(_has_failed(reading.outcome)))


def to_json(reading: Reading) -> str:
    """The reading as one JSON object; dates in ISO 8601, unknown as null."""
    return json.dumps(reading_as_json(reading), ensure_ascii=False, indent=2)


def _sources() -> "Sources":
    from pipeline.settings import load_settings
    from pipeline.sources import load_sources

    return load_sources(load_settings().sources_file)


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _has_failed(outcome: str) -> bool:
    return outcome == _UNREADABLE or outcome.startswith("rejected:")


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise UsageError(f"{path}: a folder is parsed with `asrun parse --many {path} --out FOLDER`") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error


# --- a whole folder -------------------------------------------------------------------------------------------------
def _parse_many(folder: Path, out: Path, content_type: str | None) -> int:
    """Parse every file below `folder`; the exit code."""
    from rich.progress import Progress

    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: is no folder and cannot be made one ({error.strerror})") from error
    out_below = out.resolve()
    files = [
        path for path in sorted(folder.rglob("*")) if not path.is_dir() and out_below not in path.resolve().parents
    ]
    counts: dict[str, int] = {}
    with Progress(transient=True) as progress:
        bar = progress.add_task("parsing", total=len(files))
        for outcome in _outcomes(files, folder, out, content_type):
            counts[outcome] = counts.get(outcome, 0) + 1
            progress.advance(bar)
    for outcome, count in sorted(counts.items(), key=lambda item: -item[1]):
        typer.echo(f"{count:7} {outcome}")
    return int(any(_has_failed(outcome) for outcome in counts))


def _outcomes(files: list[Path], folder: Path, out: Path, content_type: str | None) -> Iterator[str]:
    targets = [out / path.relative_to(folder).with_name(f"{path.name}.json") for path in files]
    work = partial(_parse_file, content_type=content_type)
    # Spawned, not forked: a child must not inherit the state of this process's threads.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=keep_memory) as pool:
        yield from pool.map(work, files, targets, repeat(_sources()), chunksize=16)


def _parse_file(path: Path, target: Path, sources: "Sources", *, content_type: str | None) -> str:
    from pipeline.parse import parse_page

    kind = content_type or CONTENT_TYPES.get(path.suffix.lower())
    try:
        content = _content_of(path)
    except UsageError as error:
        typer.echo(f"asrun: {error}", err=True)
        return _UNREADABLE
    reading = parse_page(content, url=None, content_type=kind, sources=sources)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(to_json(reading) + "\n", encoding="utf-8")
    return reading.outcome
