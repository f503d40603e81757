"""Transcripts in what a page's own program is given, and what only speaks of them."""

import json

import pytest

from pipeline.read.html import Html
from pipeline.read.script_data import is_transcript, transcript_in_scripts
from pipeline.read.segments import segment_blocks
from pipeline.records import Block

SAID = "<p>ANA DIAZ: It rains.</p><p>JO FOX: It does.</p>"
SEGMENTS = [{"speaker": "Ana Diaz", "start": 0, "text": "It rains."}, {"speaker": "Jo Fox", "text": "It does."}]
TOLD = (Block("It rains.", speaker="Ana Diaz", start_seconds=0.0), Block("It does.", speaker="Jo Fox"))


def _found(script: str, kind: str = ' type="application/json"') -> tuple[tuple[Block, ...], str]:
    return transcript_in_scripts(Html(f"<html><body><script{kind}>{script}</script></body></html>", None))


@pytest.mark.parametrize(
    "data",
    [
        {"props": {"transcript": SAID}},
        {"episodes": [{"fullTranscript": {"html": SAID, "lang": "en"}}]},
        [{"data": 1}, {"title": 2, "transcript": 3}, "Rain", SAID],
    ],
)
def test_text_below_a_transcripts_key(data: object) -> None:
    assert _found(json.dumps(data)) == ((), SAID)


def test_segments_below_a_transcripts_key() -> None:
    assert _found(json.dumps({"transcript": {"segments": SEGMENTS}}))[0] == TOLD


def test_a_state_that_is_assigned() -> None:
    assert _found(f"window.__STATE__ = {json.dumps({'transcript': SAID})};", "") == ((), SAID)


@pytest.mark.parametrize(
    "script",
    [
        '{"transcript": ',
        '{"transcript": [1, 2]}',
        '[{"transcript": 0}]',
        '[1, {"transcript": 1}]',
        '{"a": "transcript"}',
    ],
)
def test_data_without_a_transcript(script: str) -> None:
    assert _found(script) == ((), "")


def test_a_notice_is_no_transcript() -> None:
    assert not is_transcript((Block("Transcripts are created on a rush deadline. " * 10),))
    assert is_transcript((Block("It rains, and it rains. " * 50),))
    assert is_transcript(TOLD)


def test_words_become_paragraphs() -> None:
    words = [
        {"speaker": "Ana Diaz", "startTime": n / 2, "body": word} for n, word in enumerate(["It", "rains", "now."])
    ]

    assert segment_blocks(words) == (Block("It rains now.", speaker="Ana Diaz", start_seconds=0.0),)


def test_long_speech_is_parted_behind_its_sentences() -> None:
    sentence = {"body": "It rains, and rains, and rains."}

    blocks = segment_blocks([{"speaker": "Ana Diaz", **sentence}, *[sentence] * 19])

    assert [len(block.text.split()) for block in blocks] == [60, 60]
    assert {block.speaker for block in blocks} == {"Ana Diaz"}


@pytest.mark.parametrize("segments", [[], [1], [{"body": ""}], [{"body": "It"}, None], [{"speaker": "Ana Diaz"}]])
def test_other_lists_are_no_segments(segments: list[object]) -> None:
    assert segment_blocks(segments) == ()


def test_of_several_transcripts_in_a_pages_data_none_is_its_own() -> None:
    def page(*said: str) -> Html:
        data = [{"transcript": "\n".join(f"ANA DIAZ: {words} it rains." for _ in range(12))} for words in said]
        script = f'<script type="application/json">{json.dumps({"episodes": data})}</script>'
        return Html(f"<html><body>{script}</body></html>", None)

    assert transcript_in_scripts(page("Now", "Then")) == ((), "")
    assert transcript_in_scripts(page("Now", "Now"))[1].startswith("ANA DIAZ: Now it rains.")


def test_one_transcript_in_several_forms_and_its_parts_are_one() -> None:
    said = [f"It rains {number}, and we wait for {number} more." for number in range(12)]
    text = "\n".join(f"ANA DIAZ: {words}" for words in said)
    forms = [
        {"transcript": text},
        {"transcriptHtml": "".join(f"<p><b>ANA DIAZ:</b> {words}</p>" for words in said)},
        {"transcriptSegments": [{"body": words, "speaker": "Ana Diaz"} for words in said]},
        {"teaser": {"transcript": text[: len(text) // 2]}},
    ]
    script = f'<script type="application/json">{json.dumps(forms)}</script>'

    blocks, longest = transcript_in_scripts(Html(f"<html><body>{script}</body></html>", None))

    assert (bool(blocks), longest[:6]) == (True, "<p><b>")
