"""Alarms on the simulated network: a source falls silent in every way there is, and comes back."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ingest import plans
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Alarm, Ledger
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.asked import days_of
from pipeline.ledger.watch import watched_sources
from pipeline.query.session import connect
from pipeline.settings import Settings
from pipeline.watching import freshness_of, watch
from tests.network import npr, site
from tests.network.fault_server import FaultServer, Reply, Stall, page, path_of
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, NOW, SECOND_DAY, copy_of, run_night, settings_for

FRESH = datetime(2026, 3, 22, 8, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 8, tzinfo=UTC)
DISALLOWED = page(b"User-agent: *\nDisallow: /\n")
FORBIDDEN = page(b"", status="403 Forbidden")


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork(night=2) as opened:
        yield opened


def take_past(settings: Settings, last: date) -> None:
    """A backfill of NPR's days from March 16 on."""
    with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
        days = list(days_of(date(2026, 3, 16), last))
        for wanted in plans.backfill(run_id, rooms.sources.get("npr"), days, NOW):
            ingest_source(wanted, rooms)


@pytest.fixture(scope="module")
def collected(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home in which NPR was published daily from March 16 to 21, and is fresh. Only to be copied."""
    settings = settings_for(tmp_path_factory.mktemp("collected"), network, retries=0)
    run_night(settings, SECOND_DAY, ("npr",))
    take_past(settings, FIRST_DAY)
    assert watch(settings, FRESH).raised == ()
    return settings


@pytest.fixture
def settings(collected: Settings, tmp_path: Path) -> Settings:
    return copy_of(collected, tmp_path / "home")


def behind(settings: Settings, address: str, patience_seconds: float = 20) -> Settings:
    """The same home, where NPR's hosts lead elsewhere."""
    elsewhere = dict.fromkeys((npr.HOST, npr.FEED_HOST), address)
    return settings.model_copy(update={"host_map": elsewhere, "read_timeout_seconds": patience_seconds})


def everywhere(reply: Reply, robots: Reply | None = None) -> FaultServer:
    """A server that says the same to whoever asks for what."""

    class Stubborn(FaultServer):
        def _answer(self, connection: socket.socket, head: str, began_at: float) -> None:
            del began_at
            self._say(connection, robots if robots and path_of(head) == "/robots.txt" else reply)

    return Stubborn({}, hosts=site.HOSTS)


def transcripts(settings: Settings) -> int:
    with connect(settings) as session:
        return int(session.arrow("SELECT count(*) AS n FROM transcripts").to_pylist()[0]["n"])


OPEN = page(b"")
WAYS: dict[str, tuple[Callable[[], FaultServer], set[tuple[str, str]]]] = {
    "not_found": (lambda: FaultServer({}, hosts=site.HOSTS), {("no_new_stories", "not_found")}),
    "robots": (lambda: everywhere(DISALLOWED), {("no_new_stories", "robots"), ("refusing", "robots")}),
    "blocked": (lambda: everywhere(FORBIDDEN, OPEN), {("no_new_stories", "blocked"), ("refusing", "blocked")}),
    "slow": (lambda: everywhere((Stall(),), OPEN), {("no_new_stories", "slow")}),
    "layout_changed": (
        lambda: everywhere(page(b"\0\1\2 no listing that anybody could read", "X-Odd: yes"), OPEN),
        {("no_new_stories", "layout_changed")},
    ),
}


@pytest.mark.parametrize(("server", "expected"), WAYS.values(), ids=WAYS)
def test_silence_behind_a_server_that_changed(
    settings: Settings, server: Callable[[], FaultServer], expected: set[tuple[str, str]]
) -> None:
    held = transcripts(settings)
    patience_seconds = 0.2 if ("no_new_stories", "slow") in expected else 20
    with server() as changed:
        run_night(behind(settings, f"127.0.0.1:{changed.port}", patience_seconds), date(2026, 3, 22), ("npr",))

    raised = watch(settings, LATER).raised

    assert {(alarm.kind, alarm.cause) for alarm in raised} == expected
    assert {alarm.source_id for alarm in raised} == {"npr"}
    assert transcripts(settings) == held


def test_silence_of_a_host_that_is_down_is_told_once_and_cleared_once(
    settings: Settings, network: SimulatedNetwork
) -> None:
    run_night(behind(settings, "127.0.0.1:9"), date(2026, 3, 22), ("npr",))

    first, second = watch(settings, LATER), watch(settings, LATER + timedelta(days=1))

    (alarm,) = first.raised
    assert (alarm.kind, alarm.cause) == ("no_new_stories", "refused")
    assert "newest story of 2026-03-21, 11 days ago; usual are 1 at most" in alarm.detail
    assert (second.raised, second.cleared) == ((), ())
    with Ledger(settings) as ledger:
        (standing,) = standing_alarms(ledger)
    assert standing.raised_at == alarm.raised_at
    assert "12 days ago" in standing.detail

    run_night(settings, SECOND_DAY, ("npr",))
    over = watch(settings, FRESH)

    assert [one.alarm_id for one in over.cleared] == [alarm.alarm_id]
    assert watch(settings, FRESH) == type(over)((), ())
    assert network.night == 2


def test_a_name_that_is_not_known(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    elsewhere = settings.model_copy(update={"host_map": {}, "contact_url": "https://example.org/"})

    run_night(elsewhere, date(2026, 3, 22), ("npr",))

    assert [(one.kind, one.cause) for one in watch(settings, LATER).raised] == [("no_new_stories", "dns")]


def test_listings_that_name_nothing_new(settings: Settings) -> None:
    run_night(settings, date(2026, 3, 22), ("npr",))

    assert [(one.kind, one.cause) for one in watch(settings, LATER).raised] == [("no_new_stories", "empty")]


def test_when_nobody_looks(settings: Settings) -> None:
    long_after = datetime.now(UTC) + timedelta(days=10)

    assert [(one.kind, one.cause) for one in watch(settings, long_after).raised] == [("no_new_stories", "not_looked")]


def test_a_source_that_no_night_asks_is_not_watched(network: SimulatedNetwork, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, network)
    take_past(settings, SECOND_DAY)

    with Ledger(settings) as ledger:
        assert watched_sources(ledger) == []
        assert [one.is_stale for one in freshness_of(ledger, LATER)] == [True]
    assert watch(settings, LATER).raised == ()


def test_who_is_down_is_told_after_the_next_night(settings: Settings, tmp_path: Path) -> None:
    told = tmp_path / "told"

    def receiver(code: int) -> Settings:
        command = ("sh", "-c", f"cat >> {told}; exit {code}")
        return settings.model_copy(update={"alarm_command": command})

    run_night(behind(settings, "127.0.0.1:9"), date(2026, 3, 22), ("npr",))

    def lines(code: int, at: datetime) -> list[str]:
        told.write_text("")
        watch(receiver(code), at)
        return told.read_text().splitlines()

    assert len(lines(1, LATER)) == 1
    assert lines(0, LATER)[0].startswith("RAISED npr: no_new_stories (refused)")
    assert lines(0, LATER) == []
    assert lines(0, FRESH) == ["cleared npr: no_new_stories"]
    assert lines(0, FRESH) == []


def test_an_alarm_that_was_over_before_anybody_was_told_is_not_told(settings: Settings, tmp_path: Path) -> None:
    told = tmp_path / "told"
    run_night(behind(settings, "127.0.0.1:9"), date(2026, 3, 22), ("npr",))
    watch(settings.model_copy(update={"alarm_command": ("false",)}), LATER)

    watch(settings.model_copy(update={"alarm_command": ("sh", "-c", f"cat > {told}")}), FRESH)

    assert not told.exists()
    with Ledger(settings) as ledger:
        assert standing_alarms(ledger) == list[Alarm]()
