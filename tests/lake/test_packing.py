"""Looks in Arrow: what was read comes back as it was, and the rows are those of a page that was looked at this once."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LakeError
from pipeline.identify.revisions.content import content_hash
from pipeline.lake.pages import fold
from pipeline.lake.pages.gist import gist_of
from pipeline.lake.pages.looks import Looks, put_together
from pipeline.lake.pages.packing import pack, packed, unpack
from pipeline.records import UNCHANGED, Byline, Capture, Ingested, Note, Reading, Transcript, Turn
from schemas import CAPTURES, TRANSCRIPTS, TURNS
from tests.lake.factory import Look, batch

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
wholes = st.integers(0, 2**31 - 1)
reals = st.floats(allow_nan=False)
days = st.dates(date(1, 1, 1))
moments = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001  # the zone is drawn
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=45))]),
)
urls = texts.map(lambda text: f"https://radio.example/{text}")


def or_none(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


notes = st.builds(Note, kind=texts, text=texts, start=wholes, end=wholes)
turns = st.builds(
    Turn,
    turn_index=wholes,
    kind=st.sampled_from(["speech", "cue"]),
    confidence=or_none(reals),
    text=texts,
    word_count=wholes,
    start_seconds=or_none(reals),
    notes=st.lists(notes, max_size=2).map(tuple),
    **{
        name: or_none(texts)
        for name in ("speaker_label", "speaker_name", "speaker_role", "speaker_affiliation", "name_rule")
    },
)
bylines = st.builds(
    Byline, position=wholes, printed=texts, **{name: or_none(texts) for name in ("name", "role", "affiliation")}
)
_TOLD = (
    "url", "canonical_url", "npr_id", "source_id", "network", "station", "program", "title", "segment_title", "teaser",
    "air_date_rule", "audio_url", "language", "dateline", "correction", "rights", "author_bio",
)  # fmt: skip
_COUNTED = ("word_count", "turn_count", "speaker_count")
transcripts = st.builds(
    Transcript,
    transcript_id=texts,
    layout=texts,
    air_date=or_none(days),
    published_at=or_none(moments),
    updated_at=or_none(moments),
    audio_seconds=or_none(reals),
    **{name: or_none(texts) for name in _TOLD},
    **dict.fromkeys(_COUNTED, wholes),
)
captures = st.builds(
    Capture,
    capture_id=texts,
    url=urls,
    captured_at=moments,
    outcome=st.sampled_from(["published", "unchanged", "not_yet", "gone", "rejected:empty"]),
    transcript_id=or_none(texts),
    http_status=or_none(wholes),
    body_bytes=or_none(st.integers(0, 2**40)),
    warc_offset=or_none(st.integers(0, 2**40)),
    **{
        name: or_none(texts)
        for name in (
            "source_id", "detail", "content_type", "etag", "last_modified", "payload_digest", "warc_file",
            "original_digest",
        )
    },
)  # fmt: skip


@st.composite
def items(draw: st.DrawFn) -> Ingested:
    """A look as it is when it comes back: where there is no transcript, nothing is said of how it was read."""
    capture: Capture = draw(captures)
    transcript: Transcript | None = draw(st.none() | transcripts)
    if transcript is None:
        return Ingested(capture, None, "")
    reading = Reading(
        capture.outcome,
        capture.detail,
        transcript,
        draw(st.lists(bylines, max_size=2).map(tuple)),
        draw(st.lists(turns, max_size=4).map(tuple)),
    )
    said = draw(st.sampled_from([content_hash(reading), "what it said before it was corrected"]))
    corrections = draw(st.lists(texts, max_size=2).map(tuple))
    return Ingested(replace(capture, transcript_id=transcript.transcript_id), reading, draw(texts), said, corrections)


some = st.lists(items(), max_size=5)


@given(read=some)
def test_what_was_read_comes_back_as_it_was(read: Sequence[Ingested]) -> None:
    looks: Looks = pickle.loads(pickle.dumps(pack(read)))

    assert unpack(looks) == read
    assert looks.gists() == [gist_of(item) for item in read]
    for row, item in zip(looks.of(TRANSCRIPTS).to_pylist(), (item for item in read if item.reading), strict=True):
        look = fold.Look(item.capture.captured_at, item.capture.capture_id, item.content_hash)
        assert fold.fold([look]) == fold.Standing(**{name: row[name] for name in fold.Standing.__slots__})


@given(read=some, data=st.data())
def test_looks_are_cut_chosen_and_put_together_as_lists_are(read: Sequence[Ingested], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(read) - 1), max_size=5)) if read else []
    middle = data.draw(st.integers(0, len(read)))
    size = data.draw(st.integers(1, 4))
    looks = pack(read)

    assert unpack(looks.take(places)) == [read[place] for place in places]
    parts = [looks.cut(0, middle), looks.cut(middle, len(read))]
    assert unpack(put_together(parts)) == read
    mixed = [parts[0], *read[middle:], *parts]
    regrouped = list(packed(mixed, size))
    assert [item for part in regrouped for item in unpack(part)] == [*read, *read]
    assert all(1 <= len(part) <= size for part in regrouped)


def test_a_row_of_captures_is_amended_and_nothing_else() -> None:
    looks = put_together([pack(batch(Look(1))), pack(batch(Look(2), Look(3)))]).cut(1, 3)

    amended = looks.amended({1: {"outcome": UNCHANGED, "warc_offset": 9}})

    before, after = unpack(looks), unpack(amended)
    assert after[0] == before[0]
    assert after[1].capture == replace(before[1].capture, outcome=UNCHANGED, warc_offset=9)
    assert amended.of(TURNS) == looks.of(TURNS)
    with pytest.raises(LakeError, match=r"captures.warc_file: an empty string"):
        looks.amended({0: {"warc_file": ""}})


def test_looks_that_left_nothing_have_a_row_and_no_more() -> None:
    looks = pack([Look(1).failed(), Look(2).gone()])

    assert [row["outcome"] for row in looks.of(CAPTURES).to_pylist()] == ["fetch_failed:timeout", "gone"]
    assert not looks.of(TRANSCRIPTS).num_rows
    assert not len(pack([]))


def test_what_is_no_text_is_refused_when_it_is_packed() -> None:
    with pytest.raises(LakeError, match=r"nx-s1-2: transcripts.title: .*surrogates"):
        pack(batch(Look(1), Look(2, title="half of a sign: \ud83d")))
