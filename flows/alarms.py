"""Alarms as Prefect sees them: an event for each that is raised or cleared, and an automation that shows them."""

from datetime import UTC, datetime, timedelta

from prefect.automations import AutomationCore, DoNothing, EventTrigger, Posture
from prefect.events import emit_event

from pipeline.ledger import Alarm
from pipeline.settings import Settings
from pipeline.watching import watch

RAISED, CLEARED = "asrun.alarm.raised", "asrun.alarm.cleared"
AUTOMATION = "asrun: alarm raised"


def watch_sources(settings: Settings) -> None:
    """Judge the watched sources as things stand now; what changed is told, and is an event each.

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    changed = watch(settings, datetime.now(UTC))
    for event, alarms in ((RAISED, changed.raised), (CLEARED, changed.cleared)):
        for alarm in alarms:
            _emit(event, alarm)


def _emit(event: str, alarm: Alarm) -> None:
    emit_event(
        event,
        resource={
            "prefect.resource.id": f"asrun.source.{alarm.source_id}",
            "prefect.resource.name": alarm.source_id,
            "asrun.alarm": alarm.kind,
            "asrun.cause": alarm.cause,
        },
        payload={"kind": alarm.kind, "cause": alarm.cause, "detail": alarm.detail},
    )


def alarm_automation() -> AutomationCore:
    """What `asrun serve` creates: it fires for every alarm that is raised, at each source for itself.

    It does nothing of its own: receivers are told by asrun itself, with a server or without. Whoever would rather be
    told by Prefect gives it an action in the user interface.
    """
    return AutomationCore(
        name=AUTOMATION,
        description="Fires when asrun raises an alarm: a source is silent, refuses, or is read otherwise than before.",
        trigger=EventTrigger(
            expect={RAISED},
            match={"prefect.resource.id": "asrun.source.*"},
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(seconds=0),
        ),
        actions=[DoNothing()],
    )
