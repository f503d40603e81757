"""Alarms as Prefect has them: events of a night, and the automation that `asrun serve` creates."""

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

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]

AT = datetime(2026, 11, 20, tzinfo=UTC)
RAISED = Alarm(1, "npr", "no_new_stories", "dns", "newest story of 2026-11-01, 18 days ago", AT, None)
CLEARED = Alarm(2, "kpbs", "refusing", "blocked", "3 of 3 pages", AT, AT)


@pytest.fixture
def emitted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The events of a night over which one alarm is raised and one cleared."""
    from flows import alarms

    events: list[tuple[str, dict[str, Any]]] = []

    def watch(settings: object, at: datetime) -> Watched:
        del at
        with Ledger(load_settings()) as ledger:
            note_found(ledger, [(RAISED.source_id, RAISED.kind, RAISED.cause, RAISED.detail)], AT)
        assert settings == load_settings()
        return Watched((RAISED,), (CLEARED,))

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
    assert emitted[0][1]["payload"] == {"kind": "no_new_stories", "cause": "dns", "detail": RAISED.detail}
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


def test_the_server_takes_the_automation() -> None:
    from prefect.client.orchestration import get_client

    from flows.alarms import AUTOMATION, alarm_automation

    with get_client(sync_client=True) as client:
        number = client.create_automation(alarm_automation())
        (known,) = client.read_automations_by_name(AUTOMATION)
        client.delete_automation(number)

    assert known.enabled
    assert "asrun.alarm.raised" in known.trigger.expect  # type: ignore[union-attr]
