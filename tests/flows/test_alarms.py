"""Alarms as Prefect has them: events of a night, and the automation that `asrun serve` creates."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.ledger import Alarm, Ledger
from pipeline.ledger.alarms import note_found
from pipeline.report import run_report
from pipeline.schedule import last_broadcast_day
from pipeline.settings import load_settings
from pipeline.watching import Watched
from tests.serving import Api

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]

AT = datetime(2026, 11, 20, tzinfo=UTC)
FIRES_WITHIN_SECONDS = 120
RAISED_ALARM = Alarm(1, "npr", "no_new_stories", "dns", "newest story of 2026-11-01, 18 days ago", AT, None)
CLEARED_ALARM = Alarm(2, "kpbs", "refusing", "blocked", "3 of 3 pages", AT, AT)


@pytest.fixture
def emitted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The events of a night over which one alarm is raised and one cleared."""
    from flows import alarms

    events: list[tuple[str, dict[str, Any]]] = []

    def watch(settings: object, at: datetime) -> Watched:
        del at
        with Ledger(load_settings()) as ledger:
            note_found(
                ledger, [(RAISED_ALARM.source_id, RAISED_ALARM.kind, RAISED_ALARM.cause, RAISED_ALARM.detail)], AT
            )
        assert settings == load_settings()
        return Watched((RAISED_ALARM,), (CLEARED_ALARM,))

    monkeypatch.setattr(alarms, "watch", watch)
    monkeypatch.setattr(alarms, "emit_event", lambda event, **more: events.append((event, more)))
    return events


def test_a_night_emits_what_changed_and_is_no_success(mapped: Path, emitted: list[tuple[str, dict[str, Any]]]) -> None:
    from flows.nightly import nightly
    from tests.flows.test_flows import artifacts

    run_id = nightly(sources=["npr"])

    assert [(event, more["resource"]["prefect.resource.id"]) for event, more in emitted] == [
        ("asrun.alarm.raised", "asrun.source.npr"),
        ("asrun.alarm.cleared", "asrun.source.kpbs"),
    ]
    assert emitted[0][1]["payload"] == {"kind": "no_new_stories", "cause": "dns", "detail": RAISED_ALARM.detail}
    with Ledger(load_settings()) as ledger:
        report = run_report(ledger, run_id)
    assert [(alarm.source_id, alarm.kind) for alarm in report.alarms] == [("npr", "no_new_stories")]
    assert report.has_failures
    (markdown,) = artifacts("nightly-report")[:1]
    assert "## Alarms" in markdown.data
    assert (mapped / "reports" / "report.html").exists()
    assert (mapped / "reports" / "report.html").as_uri() in artifacts("report-page")[0].data


def test_a_night_in_the_past_judges_nothing(mapped: Path, emitted: list[tuple[str, dict[str, Any]]]) -> None:
    from flows.nightly import nightly

    assert last_broadcast_day(datetime.now(UTC)) > date(2026, 3, 20)
    nightly(day=date(2026, 3, 20), sources=["wuky"])

    assert emitted == []
    assert mapped.exists()


def test_the_automation_fires_for_each_source(prefect_server: Api) -> None:
    from prefect.client.orchestration import get_client
    from prefect.events.worker import EventsWorker

    from flows.alarms import AUTOMATION, RAISED, _emit, alarm_automation
    from flows.automations import establish

    with get_client(sync_client=True) as client:
        establish([alarm_automation()], client)
        (known,) = client.read_automations_by_name(AUTOMATION)
    assert known.enabled
    asked = {"filter": {"event": {"name": ["prefect.automation.triggered"]}, "order": "DESC"}}

    def fired() -> int:
        events = prefect_server.ask("/events/filter", asked)["events"]
        return sum(str(known.id) in event["resource"]["prefect.resource.id"] for event in events)

    before, until = fired(), time.monotonic() + FIRES_WITHIN_SECONDS
    while fired() < before + 2:
        assert time.monotonic() < until
        for source_id in ("npr", "kpbs"):  # again: a server takes seconds to know of a new automation
            _emit(RAISED, replace(RAISED_ALARM, source_id=source_id))
        EventsWorker.drain_all(timeout=10)
        time.sleep(2)
