"""`asrun backfill --gaps`: what is missing is asked for, and nothing else."""

from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.cli import gaps as command
from pipeline.expected import gaps
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.links import note_pages
from pipeline.schedule import last_broadcast_day
from pipeline.settings import Settings, load_settings
from tests.network import npr
from tests.network.server import SimulatedNetwork
from tests.network.stories import STORIES
from tests.running import FIRST_DAY, copy_of, run_night, settings_for

MISSED = [story for story in STORIES if date(2026, 3, 16) <= story.air_date <= date(2026, 3, 17)]


def known_gaps(settings: Settings) -> list[tuple[date, int]]:
    with Ledger(settings) as ledger:
        return [(day.air_date, day.missing) for day in gaps(ledger, last_broadcast_day(datetime.now(UTC)))]


@pytest.fixture(scope="module")
def after_a_night(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    network.night = 1
    settings = settings_for(tmp_path_factory.mktemp("after-a-night") / "home", network)
    run_night(settings, FIRST_DAY, ("npr",))
    return settings


@pytest.fixture
def missing(after_a_night: Settings, mapped: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home that knows of two days' stories and has fetched none of them."""
    monkeypatch.setattr(command, "flows_ready", lambda _: nullcontext())
    copy_of(after_a_night, mapped)
    settings = load_settings()
    at = datetime(2026, 3, 18, tzinfo=UTC)
    with Ledger(settings) as ledger:
        note_pages(
            ledger,
            [
                Discovered(npr.transcript_url(story), "npr", story.program, story.air_date, None, at, at)
                for story in MISSED
            ],
            at,
        )
    assert sum(count for _, count in known_gaps(settings)) == len(MISSED) > 3
    return settings


@pytest.mark.flow
@pytest.mark.usefixtures("prefect_server")
def test_gaps_are_filled(missing: Settings, network: SimulatedNetwork, capsys: pytest.CaptureFixture[str]) -> None:
    network.forget_requests()

    code = command.fill_gaps("npr", None, None, max_requests=None, oldest_first=False, verbose=False)

    assert code == 0
    assert known_gaps(missing) == []
    listed = {seen.path for seen in network.requests if "/archive" in seen.path}
    assert {path.partition("date=")[2] for path in listed} == {"3-16-2026", "3-17-2026"}
    assert f"{len(MISSED)} new transcripts" in capsys.readouterr().out


@pytest.mark.parametrize("oldest_first", [False, True])
def test_gaps_are_asked_of_the_serving_process(
    missing: Settings, monkeypatch: pytest.MonkeyPatch, *, oldest_first: bool
) -> None:
    del missing
    asked: list[tuple[object, ...]] = []

    def run_deployed(name: str, parameters: dict[str, object], *, watch: bool) -> int:
        asked.append((name, parameters["first"], parameters["last"], parameters["oldest_first"], watch))
        return 0

    monkeypatch.setattr(command, "run_deployed", run_deployed)
    code = command.fill_gaps(
        "npr", None, None, max_requests=None, oldest_first=oldest_first, verbose=False, deploy=True, watch=True
    )

    assert code == 0
    assert asked == [("backfill/manual", date(2026, 3, 16), date(2026, 3, 17), oldest_first, True)]


def test_only_the_days_that_are_asked_for(missing: Settings) -> None:
    del missing
    days = command._stretches("npr", date(2026, 3, 17), None)

    assert [(one.first, one.last) for one in days] == [(date(2026, 3, 17), date(2026, 3, 17))]
    assert command._stretches("kpbs", None, None) == []


def test_without_gaps_nothing_starts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del home
    assert command.fill_gaps(None, None, None, max_requests=None, oldest_first=False, verbose=False) == 0
    assert "no gaps" in capsys.readouterr().out
