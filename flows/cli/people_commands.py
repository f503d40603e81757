"""The commands about who is who: where a turn comes from, and what people know better."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.running import read_day
from pipeline.errors import UsageError


def explain(
    transcript: Annotated[str, typer.Argument(help="transcript_id, as in the tables.")],
    turn: Annotated[int, typer.Argument(help="turn_index, from 0.", min=0)],
) -> None:
    """Show where a turn comes from: archive record, label, rules with their evidence, person."""
    from flows.cli.tables import show, table
    from pipeline.ingest.explaining import explain as explained
    from pipeline.settings import load_settings

    show(table(f"{transcript}, turn {turn}", ("what", "as known"), explained(load_settings(), transcript, turn)))


def correct(
    what: Annotated[
        str,
        typer.Argument(
            help="speaker, field or person (of a page); same_person, not_same, not_a_person or person_name (of names)."
        ),
    ],
    who: Annotated[str, typer.Option(help="Who says so.")],
    why: Annotated[str, typer.Option(help="Why.")],
    evidence: Annotated[str, typer.Option(help="Where it can be checked.")],
    name: Annotated[
        list[str] | None,
        typer.Option(help="Full name; several for same_person (the right one first) and not_same."),
    ] = None,
    page: Annotated[str | None, typer.Option(help="transcript_id of the page.")] = None,
    label: Annotated[str | None, typer.Option(help="speaker: the label as printed.")] = None,
    role: Annotated[str | None, typer.Option(help="speaker: host, reporter, guest, caller, announcer, other.")] = None,
    field: Annotated[str | None, typer.Option(help="field: its name, as in transcripts.")] = None,
    value: Annotated[str | None, typer.Option(help="field: its value; leave it out where it is unknown.")] = None,
    person: Annotated[str | None, typer.Option(help="person, person_name: the person_id.")] = None,
    when: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of the correction; default: today.")
    ] = None,
) -> None:
    """Write a correction into the corrections file; nights and reparses apply it from then on."""
    from pipeline.identify.corrections.writing import add_correction
    from pipeline.ingest.correcting import not_there
    from pipeline.settings import load_settings

    path = _corrections_file()
    names = name or []
    facts: dict[str, object | None] = {
        "page": page,
        "label": label,
        **({"names": names} if what in {"same_person", "not_same"} else {"name": names[0] if names else None}),
        "role": role,
        "field": field,
        "value": date.fromisoformat(value) if value and field == "air_date" and _is_day(value) else value,
        "person_id": person,
        "who": who,
        "when": read_day(when) if when else date.today(),  # noqa: DTZ011  # the day where the person sits
        "why": why,
        "evidence": evidence,
    }
    added = add_correction(path, {"what": what, **{key: fact for key, fact in facts.items() if fact is not None}})
    typer.echo(f"{path}: correction {added.correction_id} written; the next night or `asrun reparse` applies it")
    if missing := not_there(added, load_settings()):
        typer.echo(f"asrun: {missing}: until that changes it has no effect", err=True)


def uncorrect(
    correction: Annotated[
        str | None, typer.Argument(help="Id of the correction, as `asrun correct` said it; none: list what stands.")
    ] = None,
    when: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day on which it is taken back; default: today.")
    ] = None,
) -> None:
    """Take a correction back: it stays in the file, and has no effect from the next night or reparse on."""
    from flows.cli.tables import show, table
    from pipeline.identify.corrections.file import load_corrections
    from pipeline.identify.corrections.writing import undo_correction

    path = _corrections_file()
    if correction is None:
        standing = load_corrections(path).standing
        rows = [(one.correction_id, one.what, f"{one.who}, {one.when}: {one.why}") for one in standing]
        show(table(str(path), ("id", "what", "who says so, when and why"), rows))
        return
    day = read_day(when) if when else date.today()  # noqa: DTZ011  # the day where the person sits
    undone = undo_correction(path, correction, day)
    typer.echo(f"{path}: {undone.what} of {undone.who} taken back; the next night or `asrun reparse` does without it")


def _corrections_file() -> Path:
    from pipeline.settings import load_settings

    path = load_settings().corrections_file
    if path is None:
        raise UsageError('no corrections file is set: put corrections_file = "corrections.toml" into asrun.toml')
    return path


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
