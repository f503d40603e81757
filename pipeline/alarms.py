"""When a source needs somebody's eye. Pure: a source's facts in, what is wrong out.

no_new_stories   nothing new for longer than its habit (`pipeline.freshness`)
refusing         at least half of the newest run's listings, or of its pages, were forbidden by robots.txt or with 403
rejects_up       a fifth more of its newest pages cannot be read than in the four weeks before
turns_down       its newest stories have 30 % fewer turns than stories of the same programmes in the four weeks before
names_down       30 % fewer of its newest turns have a speaker's full name, likewise

A source is compared with itself only, a story only with its own programme: a weekend's interviews are no fewer turns of
a weekday's news. Newest are the last days that have twenty pages, and the last seven days, each for itself. Figures of
so few stories waver, so a difference must also be one that chance gives in less than one night of ten thousand (by a
sign test). An alarm that stands is judged by the four weeks before it was raised. It is cleared when the figure has
come back half of the way, so that one that wavers about the mark is raised once; or after six weeks, when what was new
has become the habit.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import comb
from statistics import median
from types import MappingProxyType

from pipeline.causes import BLOCKED, EMPTY, LAYOUT_CHANGED, ROBOTS, cause_of, cause_of_silence, share_of
from pipeline.freshness import Freshness
from pipeline.ledger.reported import LookCount, PageFigures
from pipeline.records import PUBLISHED

NO_NEW_STORIES = "no_new_stories"
REFUSING = "refusing"
REJECTS_UP = "rejects_up"
TURNS_DOWN = "turns_down"
NAMES_DOWN = "names_down"

BEFORE = timedelta(days=28)
NEWEST = timedelta(days=7)
LONGEST = timedelta(days=42)
FACTS = LONGEST + NEWEST + BEFORE
"""So far back a source's pages are needed."""
_DROP, _DROP_CLEARED = 0.30, 0.15
_REJECTS, _REJECTS_CLEARED = 0.20, 0.10
_HALF = 0.5
_NEWEST_PAGES = 20
_LEAST_NEW, _LEAST_BEFORE = 5, 10
"""Fewer stories than these say nothing."""
_CHANCE = 1e-4
_LEAST_REJECTED = 0.02
"""Reckoned with where none was rejected before."""

Told = tuple[str, str] | None
"""Cause and detail."""
Pages = Sequence[PageFigures]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is known of one source when a night is over."""

    fresh: Freshness
    today: date
    pages: Sequence[PageFigures]
    """Of the days since `FACTS` ago, in order of their days."""
    looks: Sequence[LookCount]
    """Of the newest run that looked at it; none where that was too long ago."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a source: what, the class of its cause, and the evidence in one line."""

    source_id: str
    kind: str
    cause: str
    detail: str


def judge(facts: SourceFacts, standing: Mapping[str, date] = MappingProxyType({})) -> Iterator[Finding]:
    """What is wrong at a source, where alarms of these kinds stand since these days."""
    found: dict[str, Told] = {NO_NEW_STORIES: _silent(facts), REFUSING: _refusing(facts.looks)}
    for kind, look in ((REJECTS_UP, _rejects), (TURNS_DOWN, _turns), (NAMES_DOWN, _names)):
        since = standing.get(kind)
        if since is not None and facts.today - since > LONGEST:
            continue
        for least_pages in (_NEWEST_PAGES, len(facts.pages)):
            newest = _newest(facts.pages, least_pages)
            begin = since - NEWEST if since else min((page.day for page in newest), default=facts.today)
            before = [page for page in facts.pages if begin - BEFORE <= page.day < begin]
            found[kind] = found.get(kind) or look(newest, before, since is not None)
    for kind, told in found.items():
        if told:
            yield Finding(facts.fresh.source_id, kind, *told)


def _silent(facts: SourceFacts) -> Told:
    fresh = facts.fresh
    if not fresh.is_stale:
        return None
    published = sum(page.outcome == PUBLISHED for page in facts.pages)
    cause, look = cause_of_silence(facts.looks, published / len(facts.pages) if facts.pages else 0.0)
    evidence = f"; {look.kind} {look.outcome}: {look.detail or look.example_url}" if look else "; no run has looked"
    return cause, (
        f"newest story of {fresh.newest_air_date}, {fresh.silent_days} days ago; "
        f"usual are {fresh.habit_days} at most{evidence}"
    )


def _refusing(looks: Sequence[LookCount]) -> Told:
    for kind, least in (("listing", 1), ("page", 3)):
        for cause, outcomes in ((ROBOTS, {"fetch_failed:robots"}), (BLOCKED, {"fetch_failed:http_403"})):
            refused = [look for look in looks if look.kind == kind and look.outcome in outcomes]
            total, share = share_of(looks, kind, frozenset({cause}))
            if refused and total >= least and share >= _HALF:
                return cause, f"{share:.0%} of {total} {kind}s: {refused[0].detail or refused[0].example_url}"
    return None


def _rejects(newest: Pages, before: Pages, is_standing: bool) -> Told:  # noqa: FBT001  # one of three of a form
    judged = [page for page in newest if page.outcome == PUBLISHED or _is_rejected(page)]
    rejected = [page for page in judged if _is_rejected(page)]
    was = _rejected_share(before)
    if was is None or len(judged) < _LEAST_NEW or not rejected:
        return None
    now = len(rejected) / len(judged)
    is_more = now >= was + (_REJECTS_CLEARED if is_standing else _REJECTS)
    if not is_more or not (is_standing or _is_no_chance(len(rejected), len(judged), max(was, _LEAST_REJECTED))):
        return None
    reasons = Counter(page.outcome for page in rejected)
    cause = EMPTY if cause_of(reasons.most_common(1)[0][0]) == EMPTY else LAYOUT_CHANGED
    told = ", ".join(f"{outcome} {count}" for outcome, count in reasons.most_common(3))
    return cause, f"{now:.0%} of the newest pages are rejected, {was:.0%} were in the four weeks before: {told}"


def _turns(newest: Pages, before: Pages, is_standing: bool) -> Told:  # noqa: FBT001
    usual = {
        program: median(page.speech_count or 0 for page in stories) for program, stories in _by_program(before).items()
    }
    ratios = [(page.speech_count or 0) / usual[page.program] for page in _stories(newest) if usual.get(page.program)]
    if not _has_dropped(ratios, median(ratios) if ratios else 1.0, is_standing):
        return None
    return LAYOUT_CHANGED, (
        f"the newest {len(ratios)} stories have {1 - median(ratios):.0%} fewer turns than their programmes' "
        "in the four weeks before"
    )


def _names(newest: Pages, before: Pages, is_standing: bool) -> Told:  # noqa: FBT001
    usual = {program: _named_share(stories) for program, stories in _by_program(before).items()}
    stories = [page for page in _stories(newest) if usual.get(page.program)]
    expected = sum((page.speech_count or 0) * usual[page.program] for page in stories)
    named = sum(page.named_count or 0 for page in stories)
    ratios = [_named_share([page]) / usual[page.program] for page in stories]
    if not _has_dropped(ratios, named / expected if expected else 1.0, is_standing):
        return None
    return LAYOUT_CHANGED, (
        f"of the newest {len(stories)} stories' turns {named} have a speaker's full name; "
        f"{expected:.0f} were to be expected by the four weeks before"
    )


# --- windows, shares, chance ----------------------------------------------------------------------------------------
def _newest(pages: Pages, least_pages: int) -> list[PageFigures]:
    """The pages of the newest days that have so many, of seven days at most."""
    days = Counter(page.day for page in pages)
    taken: list[date] = []
    for day in sorted(days, reverse=True):
        if sum(days[one] for one in taken) >= least_pages or day <= max(days) - NEWEST:
            break
        taken.append(day)
    return [page for page in pages if page.day in taken]


def _rejected_share(pages: Pages) -> float | None:
    """The rejected among pages that were transcripts or should have been; None where those are too few."""
    judged = sum(page.outcome == PUBLISHED or _is_rejected(page) for page in pages)
    return sum(map(_is_rejected, pages)) / judged if judged >= _LEAST_BEFORE else None


def _is_rejected(page: PageFigures) -> bool:
    return page.outcome.startswith("rejected:")


def _stories(pages: Pages) -> list[PageFigures]:
    return [page for page in pages if page.outcome == PUBLISHED and page.speech_count is not None]


def _by_program(pages: Pages) -> dict[str | None, list[PageFigures]]:
    """The stories of each programme that has enough of them."""
    found: dict[str | None, list[PageFigures]] = {}
    for page in _stories(pages):
        found.setdefault(page.program, []).append(page)
    return {program: stories for program, stories in found.items() if len(stories) >= _LEAST_BEFORE}


def _named_share(stories: Pages) -> float:
    turns = sum(page.speech_count or 0 for page in stories)
    return sum(page.named_count or 0 for page in stories) / turns if turns else 0.0


def _has_dropped(ratios: Sequence[float], ratio: float, is_standing: bool) -> bool:  # noqa: FBT001
    """Whether stories that stand in these ratios to what is usual, in all in this one, have dropped."""
    if len(ratios) < _LEAST_NEW:
        return False
    if is_standing:
        return ratio <= 1 - _DROP_CLEARED
    return ratio <= 1 - _DROP and _is_no_chance(sum(one < 1 for one in ratios), len(ratios), _HALF)


def _is_no_chance(hits: int, of: int, share: float) -> bool:
    """Whether so many hits or more are too many for chance, where each has this probability (binomial tail)."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1)) < _CHANCE
