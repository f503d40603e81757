"""A look at all watched sources when a night is over: which alarms stand, and who is told of it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.alarms import FACTS, SourceFacts, judge
from pipeline.freshness import HABIT, Freshness, freshness
from pipeline.ledger import Alarm, Ledger
from pipeline.ledger.alarms import note_found, note_told, standing_alarms, untold
from pipeline.ledger.days import newest_story_days, page_sources
from pipeline.ledger.watch import newest_looks, pages_since, watched_sources
from pipeline.notify import tell
from pipeline.schedule import last_broadcast_day
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

LOOKED_LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at the sources changed."""

    raised: tuple[Alarm, ...]
    cleared: tuple[Alarm, ...]


def freshness_of(ledger: Ledger, at: datetime) -> list[Freshness]:
    """How fresh each source with a story is, and each that is watched."""
    today = last_broadcast_day(at)
    watched = set(watched_sources(ledger))
    days = {
        source_id: newest_story_days(ledger, source_id, today + timedelta(days=1), HABIT)
        for source_id in sorted({*watched, *page_sources(ledger)})
    }
    return [freshness(source_id, found, today) for source_id, found in days.items() if found or source_id in watched]


def watch(settings: Settings, at: datetime) -> Watched:
    """Judge the watched sources as things stand at `at`; raise, clear and tell. Safe to repeat: nobody is told twice.

    That a receiver is down is logged and never an error: it is told after the next night.

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    with Ledger(settings) as ledger:
        before = {alarm.alarm_id: alarm for alarm in standing_alarms(ledger)}
        findings = [
            finding
            for facts in _facts(ledger, at)
            for finding in judge(facts, _since(before.values(), facts.fresh.source_id))
        ]
        note_found(ledger, [(one.source_id, one.kind, one.cause, one.detail) for one in findings], at)
        standing = {alarm.alarm_id: alarm for alarm in standing_alarms(ledger)}
        changes = Watched(
            raised=tuple(alarm for number, alarm in standing.items() if number not in before),
            cleared=tuple(alarm for number, alarm in before.items() if number not in standing),
        )
        for alarm in changes.raised:
            logger.warning(
                "alarm_raised source=%s kind=%s cause=%s detail=%s",
                alarm.source_id,
                alarm.kind,
                alarm.cause,
                alarm.detail,
            )
        for alarm in changes.cleared:
            logger.info("alarm_cleared source=%s kind=%s", alarm.source_id, alarm.kind)
        raised, ended = untold(ledger)
        if (raised or ended) and tell(settings, raised, ended):
            note_told(ledger, raised, ended, at)
    return changes


def _since(standing: Iterable[Alarm], source_id: str) -> dict[str, date]:
    """The kinds of alarm that stand at a source, each with the last broadcast day when it was raised."""
    return {alarm.kind: last_broadcast_day(alarm.raised_at) for alarm in standing if alarm.source_id == source_id}


def _facts(ledger: Ledger, at: datetime) -> list[SourceFacts]:
    watched = set(watched_sources(ledger))
    today = last_broadcast_day(at)
    pages = pages_since(ledger, today - FACTS)
    looks = newest_looks(ledger, at - LOOKED_LATELY)
    return [
        SourceFacts(fresh, today, pages.get(fresh.source_id, ()), looks.get(fresh.source_id, ()))
        for fresh in freshness_of(ledger, at)
        if fresh.source_id in watched
    ]
