"""A ConvoKit corpus (Cornell Conversational Analysis Toolkit): a transcript is a conversation, a turn an utterance.

The folder's format is that of `Corpus.dump`: utterances.jsonl, speakers.json, conversations.json, corpus.json and
index.json, which names the types of all metadata. Turns reply to the turn before; cues are no utterances.
"""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.export.lines import line
from pipeline.export.selection import Row, Story, speaker_id

_OF_UTTERANCES = (
    "turn_index", "speaker_label", "speaker_role", "speaker_affiliation", "name_rule", "confidence", "word_count",
    "start_seconds",
)  # fmt: skip
_OF_CONVERSATIONS = ("title", "program", "air_date", "source_id", "network", "station", "url", "audio_url", "rights")


def write(stories: Iterable[Story], folder: Path) -> int:
    """Write the corpus; the number of stories."""
    folder.mkdir()
    speakers: dict[str, Any] = {}
    conversations: dict[str, Any] = {}
    with (folder / "utterances.jsonl").open("w", encoding="utf-8") as file:
        for story in stories:
            utterances = list(_utterances(story))
            conversations[story.transcript["transcript_id"]] = _entry(story.transcript, _OF_CONVERSATIONS)
            for utterance, turn in utterances:
                file.write(line(utterance))
                speakers.setdefault(utterance["speaker"], _entry({"name": turn["speaker_name"]}, ("name",)))
        file.flush()
        os.fsync(file.fileno())
    _put(folder / "speakers.json", speakers)
    _put(folder / "conversations.json", conversations)
    _put(folder / "corpus.json", {})
    _put(folder / "index.json", _index())
    return len(conversations)


def _utterances(story: Story) -> Iterable[tuple[dict[str, Any], Row]]:
    before: str | None = None
    for turn in story.turns:
        if turn["kind"] != "speech":
            continue
        yield (
            {
                "id": turn["turn_id"],
                "conversation_id": story.transcript["transcript_id"],
                "text": turn["text"],
                "speaker": speaker_id(story, turn),
                "meta": {name: _plain(turn[name]) for name in _OF_UTTERANCES},
                "reply-to": before,
                "timestamp": turn["turn_index"],
                "vectors": [],
            },
            turn,
        )
        before = turn["turn_id"]


def _entry(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {"meta": {name: _plain(row[name]) for name in names}, "vectors": []}


def _index() -> dict[str, Any]:
    whole, real, text = "<class 'int'>", "<class 'float'>", "<class 'str'>"
    kinds = {"turn_index": whole, "word_count": whole, "confidence": real, "start_seconds": real}
    return {
        "utterances-index": {name: [kinds.get(name, text)] for name in _OF_UTTERANCES},
        "speakers-index": {"name": [text]},
        "conversations-index": {name: [text] for name in _OF_CONVERSATIONS},
        "overall-index": {},
        "version": 1,
        "vectors": [],
    }


def _put(path: Path, value: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
