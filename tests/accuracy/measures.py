"""How right a system's turns are: counts that can be added up, and the list of what was wrong.

Boundaries: the first three words of a speech turn and its last three; right are those that stand on both sides in the
same order. Names and roles are judged turn by turn, where both sides have the turn (it begins or ends alike).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol, Self, TypeVar

from tests.accuracy.alignment import aligned, in_common
from tests.accuracy.facts import NOT_JUDGED, UNKNOWN, FactPage, FactTurn, plain_words
from tests.accuracy.systems import Given

# What is printed around transcripts and never said: player, footers, sharing, membership, notices of corrections.
LEAKS: tuple[str, ...] = (
    "play live radio", "available on air stations", "next up:", "transcript provided by npr", "copyright npr",
    "copyright ©", "all rights reserved", "terms of use and permissions", "created on a rush deadline",
    "accuracy and availability", "authoritative record of", "to see more, visit", "sponsor message", "hide caption",
    "toggle caption", "enlarge this image", "toggle more options", "<iframe", "< iframe", "become an npr sponsor",
    "unlocks access to our sponsor-free", "post-broadcast correction", "post broadcast correction", "back to top",
    "view the page for this story", "has been with npr for", "originally published on", "</p>", "</s>", "getty images",
    "flipboard", "skip to main content", "see stories by", "support local journalism", "\\r\\n",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts over pages; every figure of the table is a ratio of two of them."""

    pages: int = 0
    transcripts: int = 0
    missed: int = 0
    """Transcripts that the system says are none."""
    negatives: int = 0
    accepted: int = 0
    """Pages without transcript that it gives turns for."""
    edges_right: int = 0
    edges_known: int = 0
    edges_given: int = 0
    names_right: int = 0
    names_spelt: int = 0
    """Of the right ones, those with the right capitals and accents."""
    names_known: int = 0
    names_wrong: int = 0
    names_given: int = 0
    roles_right: int = 0
    roles_known: int = 0
    roles_beyond: int = 0
    """Given where the page does not tell any, as of voices on tape."""
    roles_untold: int = 0
    """Turns of those whose role the page does not tell."""
    cues_right: int = 0
    cues_known: int = 0
    cues_given: int = 0
    texts_whole: int = 0
    """Turns that both sides have, with as many words."""
    texts_known: int = 0
    leaks: int = 0
    """Turns that hold words from around the transcript."""

    def __iadd__(self, other: Self) -> Self:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))
        return self

    @property
    def boundaries(self) -> float | None:
        """F1 of the turns' boundaries."""
        return f1(self.edges_right, self.edges_known, self.edges_given)

    @property
    def cues(self) -> float | None:
        """F1 of the cues."""
        return f1(self.cues_right, self.cues_known, self.cues_given)


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that a system got wrong."""

    page_id: str
    kind: str
    place: str
    """The turn as the page begins it, after its label."""
    expected: str
    given: str


@dataclass(slots=True)
class Verdict:
    """One page, judged."""

    tally: Tally = field(default_factory=Tally)
    errors: list[Error] = field(default_factory=list)


class _Turn(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def begin(self) -> tuple[str, ...]: ...
    @property
    def end(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=_Turn)


def share(part: int, whole: int) -> float | None:
    """A ratio; None of nothing."""
    return part / whole if whole else None


def f1(right: int, known: int, given: int) -> float | None:
    """Harmonic mean of precision and recall; None where there is nothing to find and nothing found.

    >>> f1(1, 2, 1)
    0.6666666666666666
    """
    return share(2 * right, known + given)


def same_name(one: str | None, other: str | None) -> bool:
    """The same name, whatever its capitals, accents and stops.

    >>> same_name("A MARTÍNEZ", "A Martinez"), same_name("Kelemen", "Michele Kelemen"), same_name(None, "-")
    (True, False, False)
    """
    return one is not None and other is not None and _folded(one) == _folded(other)


def _folded(name: str) -> list[str]:
    return plain_words("".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark)))


def judge(page: FactPage, given: Sequence[Given] | None) -> Verdict:
    """What of a page a system got right; `given` None says that it holds no transcript."""
    verdict = Verdict(Tally(pages=1))
    tally = verdict.tally
    if page.outcome == "refused":
        tally.negatives = 1
        tally.accepted = int(given is not None)
        if given is not None:
            verdict.errors.append(_of_page(page, "negative accepted", "no transcript", f"{len(given)} turns"))
        return verdict
    if page.outcome == "published":
        tally.transcripts = 1
        tally.missed = int(given is None)
        if given is None:
            verdict.errors.append(_of_page(page, "transcript missed", f"{len(page.turns)} turns", "no transcript"))
    if page.judges_turns and (given is not None or page.outcome == "published"):
        _judge_turns(page, given or (), verdict)
    for turn in given or ():
        verdict.errors += _leaks(page, turn)
    tally.leaks = sum(error.kind == "leak" for error in verdict.errors)
    return verdict


def _of_page(page: FactPage, kind: str, expected: str, given: str) -> Error:
    return Error(page.page_id, kind, "page", expected, given)


def _judge_turns(page: FactPage, given: Sequence[Given], verdict: Verdict) -> None:
    tally = verdict.tally
    known_speech, given_speech = _of_kind(page.turns, "speech"), _of_kind(given, "speech")
    tally.edges_known, tally.edges_given = 2 * len(known_speech), 2 * len(given_speech)
    tally.edges_right = in_common([turn.begin for turn in known_speech], [turn.begin for turn in given_speech])
    tally.edges_right += in_common([turn.end for turn in known_speech], [turn.end for turn in given_speech])
    known_cues, given_cues = _of_kind(page.turns, "cue"), _of_kind(given, "cue")
    tally.cues_known, tally.cues_given = len(known_cues), len(given_cues)
    tally.cues_right = in_common([turn.begin for turn in known_cues], [turn.begin for turn in given_cues])
    pairs = aligned(page.turns, given, likeness)
    by_known = dict(pairs)
    for index, fact in enumerate(page.turns):
        _judge_turn(page, fact, given[by_known[index]] if index in by_known else None, verdict)
    paired = set(by_known.values())
    _judge_surplus(page, [turn for index, turn in enumerate(given) if index not in paired], verdict)


def _of_kind(turns: Sequence[T], kind: str) -> list[T]:
    return [turn for turn in turns if turn.kind == kind]


def likeness(fact: FactTurn, turn: Given) -> int:
    """How much a turn given is the turn known: 0 where neither end is the same."""
    if fact.kind != turn.kind:
        return 0
    same_ends = 3 * (fact.begin == turn.begin) + 3 * (fact.end == turn.end)
    return same_ends and same_ends + (fact.label == turn.label) + same_name(fact.name, turn.name)


def _judge_turn(page: FactPage, fact: FactTurn, turn: Given | None, verdict: Verdict) -> None:
    tally = verdict.tally
    is_named = fact.name not in (UNKNOWN, NOT_JUDGED)
    tally.names_known += is_named
    tally.roles_known += fact.role not in (UNKNOWN, NOT_JUDGED)
    place = f"{fact.label}: {fact.first}"

    def wrong(kind: str, expected: object, given: object) -> None:
        verdict.errors.append(Error(page.page_id, kind, place, str(expected), str(given)))

    if turn is None:
        wrong(f"{fact.kind} missing", f"{fact.first} ... {fact.last}", None)
        return
    if fact.begin != turn.begin or fact.end != turn.end:
        wrong("boundary", f"{fact.first} ... {fact.last}", f"{turn.text[:30]} ... {turn.text[-30:]}")
    elif fact.words:
        whole = fact.words == len(turn.text.split())
        tally.texts_known += 1
        tally.texts_whole += whole
        if not whole:
            wrong("words", fact.words, len(turn.text.split()))
    if fact.kind == "cue":
        return
    if fact.label not in (UNKNOWN, turn.label):
        wrong("label", fact.label, turn.label)
    _judge_role(fact, turn, tally, wrong)
    _judge_name(fact, turn, tally, wrong)


def _judge_role(fact: FactTurn, turn: Given, tally: Tally, wrong: "_Wrong") -> None:
    if fact.role == UNKNOWN:
        tally.roles_untold += 1
        tally.roles_beyond += turn.role is not None
        if turn.role is not None:
            wrong("role beyond", None, turn.role)
    elif fact.role != NOT_JUDGED:
        tally.roles_right += fact.role == turn.role
        if fact.role != turn.role:
            wrong("role", fact.role, turn.role)


def _judge_name(fact: FactTurn, turn: Given, tally: Tally, wrong: "_Wrong") -> None:
    is_right = same_name(fact.name, turn.name)
    tally.names_right += is_right
    tally.names_spelt += is_right and fact.name == turn.name
    if turn.name is not None and fact.name != NOT_JUDGED:
        tally.names_given += 1
        tally.names_wrong += not is_right
        if not is_right:
            wrong("wrong name", fact.name, turn.name)
        elif fact.name != turn.name:
            wrong("spelling", fact.name, turn.name)
    elif turn.name is None and fact.name not in (UNKNOWN, NOT_JUDGED):
        wrong("no name", fact.name, None)


class _Wrong(Protocol):
    def __call__(self, kind: str, expected: object, given: object) -> None: ...


def _judge_surplus(page: FactPage, surplus: Sequence[Given], verdict: Verdict) -> None:
    """Turns that the page does not have. A name in one is wrong where nobody on the page has it."""
    for turn in surplus:
        place = f"{turn.label}: {' '.join(turn.text.split()[:3])}"
        verdict.errors.append(Error(page.page_id, f"{turn.kind} surplus", place, "None", turn.text[-40:]))
        if turn.name is not None and not any(fact.name == NOT_JUDGED for fact in page.turns):
            is_somebody = any(same_name(fact.name, turn.name) for fact in page.turns)
            verdict.tally.names_given += 1
            verdict.tally.names_wrong += not is_somebody


def _leaks(page: FactPage, turn: Given) -> Iterator[Error]:
    text = turn.text.casefold()
    found = next((phrase for phrase in LEAKS if phrase in text), None)
    if found is not None:
        at = text.index(found)
        yield Error(page.page_id, "leak", f"{turn.label}: {turn.text[:20]}", "None", turn.text[at : at + 60])
