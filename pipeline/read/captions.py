"""Captions in WebVTT (W3C) or SubRip: times of their own, speakers in voice tags or in labels.

00:00:01.000 --> 00:00:04.000
<v Jane Roe>Good morning.
"""

import html
import re

from pipeline.read.paragraphs import squeeze
from pipeline.records import Block

_TIMING = re.compile(
    r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{2}):(?P<seconds>\d{2}[.,]\d{3})\s+-->\s+(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{3}.*"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,60})? (?P<name>[^>]{1,80})>")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>|<\d[\d:.]{0,20}>")
_HEADS = ("NOTE", "STYLE", "REGION", "WEBVTT")
_TIMED_WITHIN = 400
"""Characters: a SubRip file begins with a number and a time."""


def is_captions(text: str) -> bool:
    """Whether a text is a file of captions: by its signature, or by a time above its first words."""
    if text.startswith("WEBVTT"):
        return True
    return " --> " in text[:_TIMED_WITHIN] and any(map(_TIMING.fullmatch, text[:_TIMED_WITHIN].splitlines()[:3]))


def caption_blocks(text: str) -> list[Block]:
    """The words of each caption with the time at which it begins, and its speaker where a voice tag names one.

    Sentences that run over captions stay in pieces: a turn joins what one speaker says.
    """
    return [block for cue in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) for block in _cue_blocks(cue)]


def _cue_blocks(cue: str) -> list[Block]:
    lines = cue.strip().split("\n")
    timing = next((index for index, line in enumerate(lines[:2]) if _TIMING.fullmatch(line.strip())), None)
    if timing is None or lines[0].startswith(_HEADS):
        return []
    found = _TIMING.fullmatch(lines[timing].strip())
    seconds = 0.0 if found is None else _seconds(found)
    pieces = _VOICE.split(" ".join(lines[timing + 1 :]))
    speakers: list[str | None] = [None, *pieces[1::2]]
    words = [squeeze(html.unescape(_TAG.sub("", piece))) for piece in pieces[::2]]
    return [
        Block(said, speaker=squeeze(speaker) if speaker else None, start_seconds=seconds)
        for speaker, said in zip(speakers, words, strict=True)
        if said
    ]


def _seconds(found: re.Match[str]) -> float:
    return int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + float(found["seconds"].replace(",", "."))
