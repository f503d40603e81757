"""What pages said, revision by revision, as rows of `revisions`, and back."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.identify.revisions.revisions import SAID_BY_PAGE, ChangedTurn, Content, Revision, facts_of
from pipeline.identify.revisions.turn_ids import Line
from pipeline.lake.pages.fold import Look
from pipeline.lake.rows import Row
from pipeline.records import Reading, Transcript


def content_of(transcript: Transcript, reading: Reading) -> Content:
    """What a page says."""
    values = {name: getattr(transcript, name) for name in SAID_BY_PAGE}
    lines = (Line(turn.kind, turn.speaker_label, turn.text, turn.start_seconds) for turn in reading.turns)
    return Content(facts_of(values, (byline.printed for byline in reading.bylines)), tuple(lines))


def stored_content(transcript: Row, turns: Iterable[Row], bylines: Iterable[Row]) -> Content:
    """What the lake's rows of a page say, turns and bylines in their order."""
    return Content(facts_of(transcript, (row["printed"] for row in bylines)), tuple(_line(row) for row in turns))


def superseded_contents(revisions: Iterable[Row]) -> dict[str, Content]:
    """What older revisions said, by content hash."""
    return {
        row["content_hash"]: Content(
            {fact["name"]: fact["value"] for fact in row["facts"]}, tuple(_line(turn) for turn in row["turns"])
        )
        for row in revisions
        if row["turns"] is not None
    }


def revision_rows(
    transcript: Row, looks: Sequence[Look], told: Sequence[Revision], contents: Mapping[str, Content]
) -> list[Row]:
    """The rows of a page in `revisions`; `looks` are those that first saw each."""
    return [
        {
            "transcript_id": transcript["transcript_id"],
            "revision": number,
            "air_date": transcript["air_date"],
            "source_id": transcript["source_id"],
            "captured_at": look.captured_at,
            "capture_id": look.capture_id,
            "content_hash": look.content_hash,
            "kinds": revision.kinds,
            **_changes(transcript["transcript_id"], revision),
            **_superseded(transcript, number, revision, contents.get(look.content_hash or "")),
        }
        for number, (look, revision) in enumerate(zip(looks, told, strict=True), 1)
    ]


def _changes(transcript_id: str, revision: Revision) -> Row:
    if revision.kinds is None or "first" in revision.kinds:
        names = ("added_turn_count", "removed_turn_count", "changed_turn_count", "added_word_count",
                 "removed_word_count", "changed_turns", "changed_facts")  # fmt: skip
        return dict.fromkeys(names)
    added = sum(turn.old_index is None for turn in revision.turns)
    removed = sum(turn.new_index is None for turn in revision.turns)
    return {
        "added_turn_count": added,
        "removed_turn_count": removed,
        "changed_turn_count": len(revision.turns) - added - removed,
        "added_word_count": revision.words("inserted"),
        "removed_word_count": revision.words("deleted"),
        "changed_turns": [_changed_turn(transcript_id, turn) for turn in revision.turns],
        "changed_facts": [{"name": fact.name, "old": fact.old, "new": fact.new} for fact in revision.facts],
    }


def _changed_turn(transcript_id: str, turn: ChangedTurn) -> Row:
    return {
        "turn_id": f"{transcript_id}#{turn.turn_id}",
        "old_index": turn.old_index,
        "new_index": turn.new_index,
        "old_label": turn.old_label,
        "new_label": turn.new_label,
        "pieces": [{"change": piece.change, "text": piece.text} for piece in turn.pieces],
    }


def _superseded(transcript: Row, number: int, revision: Revision, content: Content | None) -> Row:
    """What this revision said, where it is neither what the page's own rows say nor unknown."""
    if content is None or number == transcript["revision"]:
        return {"facts": None, "turns": None}
    return {
        "facts": [{"name": name, "value": value} for name, value in sorted(content.facts.items())],
        "turns": [
            {
                "turn_id": f"{transcript['transcript_id']}#{turn_id}",
                "kind": line.kind,
                "speaker_label": line.label,
                "text": line.text,
                "start_seconds": line.start_seconds,
            }
            for turn_id, line in zip(revision.turn_ids, content.lines, strict=True)
        ],
    }


def _line(row: Row) -> Line:
    return Line(row["kind"], row["speaker_label"], row["text"], row["start_seconds"])
