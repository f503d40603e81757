"""A Dask cluster reads, through Prefect's task runner for it: a real scheduler, and workers of which one is killed."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from pipeline.archive import Archive, Resource
from pipeline.archive.warc import digest_of
from pipeline.errors import ClusterError, UsageError
from pipeline.ingest import cluster as units
from pipeline.ingest import portions, reading, taking
from pipeline.ingest.cluster import LostUnit
from pipeline.ingest.importing import import_all
from pipeline.ingest.reparsing import reparse as reparse_here
from pipeline.ingest.work import open_rooms
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.archive.taking import taken
from tests.dask_cluster import RunningCluster, dask_cluster, free_port
from tests.flows.saying import Asrun
from tests.ingest.deadly import BEGAN, DEADLY, read_or_die, read_slowly, take_or_die
from tests.network import npr
from tests.network.crawl_server import Crawled, write_crawl
from tests.network.s3 import CREDENTIALS, s3_server
from tests.network.stories import STORIES
from tests.serving import ENDED, Api, until
from tests.storage.buckets import in_bucket

pytestmark = [
    pytest.mark.flow,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
AT = datetime(2026, 3, 20, tzinfo=UTC)
PAGES = 20
UNITS = 5
"""Of two stretches of two pages."""
OURS = {"warc_file", "warc_offset"}
"""Columns that name places in the archive that took a page in."""


@pytest.fixture(autouse=True)
def _small_units(home: Path, monkeypatch: pytest.MonkeyPatch, prefect_server: Api) -> None:
    """And the session's server for commands too: `home`, which they are given, forgets it."""
    del home
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.address)
    monkeypatch.setattr(reading, "STRETCH", 2)
    monkeypatch.setattr(portions, "PORTION_BYTES", 20_000)
    monkeypatch.setattr(units, "UNIT_JOBS", 2)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    """Workers that are started anew where they die."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        with dask_cluster(tmp_path_factory.mktemp("cluster"), has_nannies=True) as started:
            yield started


def fill(settings: Settings, numbers: range) -> Archive:
    """An archive of stories under many addresses, still open."""
    bodies = [npr.transcript_page(story, story.published_at, is_empty=False).body for story in STORIES[:5]]
    archive = Archive(settings)
    for number in numbers:
        word = DEADLY if number == PAGES // 2 else "usual"
        url = f"https://radio.example/{word}/{number}"
        taken(archive, Resource(url, AT + timedelta(minutes=number), "text/html", bodies[number % len(bodies)]))
    return archive


def read_here(settings: Settings) -> None:
    with open_rooms(settings.model_copy(update={"workers": 1})) as rooms:
        reparse_here(rooms)


def read_by(cluster: RunningCluster, home: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Run the reparse flow with this cluster, tagged as commands tag theirs; its run's id."""
    monkeypatch.setenv("ASRUN_HOME", str(home))
    monkeypatch.setenv("ASRUN_DASK_ADDRESS", cluster.address)
    from prefect import tags

    from flows.reparse import reparse

    with tags("asrun"):
        state: Any = reparse(return_state=True)
    state.result()
    return UUID(str(state.state_details.flow_run_id))


def units_of(flow_run: UUID, count: int) -> dict[str, str]:
    """The units of a run as Prefect shows them, which are so many: their names, and the states in which they ended."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    of_run = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run]))
    found: dict[str, str] = {}
    with get_client(sync_client=True) as client:

        def have_ended() -> bool:
            """Task runs are made of events, which come when they come, and one by one."""
            runs = [run for run in client.read_task_runs(flow_run_filter=of_run) if " from " in run.name]
            assert not any(run.tags for run in runs), "for each tag a worker asks Prefect for a slot, and ends without"
            found.update({run.name: str(run.state_name) for run in runs})
            return len(runs) >= count and all(run.state_type and run.state_type.value in ENDED for run in runs)

        until(have_ended, "Prefect shows the end of each unit")
    return found


def end_workers(address: str) -> None:
    """What a flow does: a unit of which every worker dies at once."""
    from flows.dask_tasks import cluster_at

    with cluster_at(address) as connected, pytest.raises(LostUnit):
        connected.submit(partial(os._exit, 1), "pages 1 from page 1").result()


def files_of(home: Path) -> Sequence[tuple[str, str]]:
    """The lake's files, by their table and what is in them."""
    files = (home / "lake").rglob("*.parquet")
    return sorted((path.parts[len(home.parts) + 1], digest_of(path.read_bytes())) for path in files)


def rows(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    with connect(settings) as session:
        found = {table.name: session.arrow(f"FROM {table.name} ORDER BY ALL").to_pylist() for table in TABLES}
    return {name: [{key: row[key] for key in row.keys() - OURS} for row in some] for name, some in found.items()}


def kill_once(is_time: Callable[[], bool], process: int) -> Thread:
    def wait_and_kill() -> None:
        while not is_time():
            time.sleep(0.05)
        os.kill(process, signal.SIGKILL)

    thread = Thread(target=wait_and_kill, daemon=True)
    thread.start()
    return thread


def test_a_worker_is_killed_in_the_middle_and_the_lake_has_the_bytes_of_one_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = load_settings(home=tmp_path / "here")
    fill(here, range(PAGES)).close()
    read_here(here)
    shutil.copytree(here.archive_dir, tmp_path / "there" / "archive")
    began = tmp_path / "began"
    monkeypatch.setattr(reading, "read_stretch", read_slowly)
    monkeypatch.setenv(BEGAN, str(began))

    with dask_cluster(tmp_path) as cluster:
        victim = cluster.workers[0]
        killer = kill_once(lambda: began.exists() and str(victim.pid) in began.read_text(), victim.pid)
        flow_run = read_by(cluster, tmp_path / "there", monkeypatch)
        killer.join()
        assert victim.wait() == -signal.SIGKILL

    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
    shown = units_of(flow_run, UNITS)
    assert len(shown) == UNITS
    assert set(shown.values()) == {"Completed"}


def test_a_deadly_page_costs_itself_only(
    tmp_path: Path, cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(home=tmp_path)
    fill(settings, range(PAGES)).close()
    monkeypatch.setattr(reading, "read_stretch", read_or_die)

    flow_run = read_by(cluster, tmp_path, monkeypatch)

    outcomes = {row["url"]: row["outcome"] for row in rows(settings)["captures"]}
    assert len(outcomes) == PAGES
    assert {url for url, outcome in outcomes.items() if outcome != "published"} == {
        f"https://radio.example/{DEADLY}/{PAGES // 2}"
    }
    assert outcomes[f"https://radio.example/{DEADLY}/{PAGES // 2}"] == "rejected:crashed"
    shown = units_of(flow_run, UNITS)
    assert len(shown) == UNITS
    assert set(shown.values()) == {"Completed", "Crashed"}  # Dask also gives up those that waited at each dead worker


def test_a_unit_whose_workers_die_before_they_say_so_is_shown_as_crashed(cluster: RunningCluster) -> None:
    from prefect import flow

    state: Any = flow(end_workers)(cluster.address, return_state=True)

    state.result()
    assert units_of(UUID(str(state.state_details.flow_run_id)), 1) == {"pages 1 from page 1": "Crashed"}


def test_a_unit_of_which_prefect_hears_while_it_is_told_is_shown_as_crashed(
    cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import flow
    from prefect.client.orchestration import SyncPrefectClient

    create: Callable[..., Any] = SyncPrefectClient.create_task_run

    def create_too_late(client: SyncPrefectClient, task: Any, flow_run: UUID, key: str, **others: Any) -> Any:
        create(client, task, flow_run, "as a worker's event has it", **others)
        return create(client, task, flow_run, key, **others)

    monkeypatch.setattr(SyncPrefectClient, "create_task_run", create_too_late)

    state: Any = flow(end_workers)(cluster.address, return_state=True)

    state.result()
    assert units_of(UUID(str(state.state_details.flow_run_id)), 1) == {"pages 1 from page 1": "Crashed"}


def test_an_import_by_a_cluster_gives_the_rows_of_one_here(
    tmp_path: Path, cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch, asrun: Asrun
) -> None:
    bodies = [npr.transcript_page(story, story.published_at).body for story in STORIES[:5]]
    pages = [
        Crawled(f"https://radio.example/{word}/{number}", AT + timedelta(minutes=number), bodies[number % len(bodies)])
        for number, word in enumerate(["usual"] * (PAGES - 1) + [DEADLY])
    ]
    write_crawl(tmp_path / "crawl", pages)
    (tmp_path / "crawl" / "page.html").write_bytes(bodies[0])
    monkeypatch.setattr(taking, "take", take_or_die)
    here = load_settings(home=tmp_path / "here")
    import_all([tmp_path / "crawl"], None, here)
    monkeypatch.setenv("ASRUN_DASK_ADDRESS", cluster.address)

    code, out, _ = asrun("import", tmp_path / "crawl")

    assert code == 1  # one page was rejected
    assert "rejected:crashed 1" in " ".join(out.split())
    assert rows(load_settings()) == rows(here)


def test_a_cluster_reads_a_bucket_and_one_process_publishes(
    tmp_path: Path, cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server() as s3:
        settings = in_bucket(tmp_path / "home", s3)
        fill(settings, range(PAGES)).close()
        growing = fill(settings, range(PAGES, PAGES + 6))  # a file that is still being written is on this machine only
        read_here(settings)
        expected = rows(settings)
        monkeypatch.setenv("ASRUN_STORAGE_URL", str(settings.storage_url))
        monkeypatch.setenv("ASRUN_STORAGE_ENDPOINT", str(settings.storage_endpoint))
        read_by(cluster, tmp_path / "home", monkeypatch)
        assert rows(settings) == expected
        assert len(expected["captures"]) == PAGES + 6
        growing.close()


def test_a_scheduler_that_is_not_there_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asrun: Asrun
) -> None:
    monkeypatch.setattr("flows.dask_tasks.CONNECT_SECONDS", 0.5)  # nobody will ever answer there
    monkeypatch.setenv("ASRUN_DASK_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    fill(load_settings(), range(3)).close()
    del tmp_path

    code, _, err = asrun("reparse")

    assert code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:" in err


def test_workers_that_lack_something_are_told_of_in_one_line(
    cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_here = ModuleType("only_here")
    exec("def work(): pass", vars(only_here))
    monkeypatch.setitem(sys.modules, "only_here", only_here)
    from flows.dask_tasks import cluster_at

    with cluster_at(cluster.address) as connected:
        unit = connected.submit(only_here.work, "a unit")
        with pytest.raises(ClusterError, match=r"could not do its part.*need this version of asrun"):
            unit.result()


def test_dask_that_is_not_installed_is_wrong_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from flows.cluster import cluster_of

    monkeypatch.setitem(sys.modules, "flows.dask_tasks", None)
    with (
        pytest.raises(UsageError, match="pip install 'asrun\\[cluster\\]'"),
        cluster_of(load_settings(home=tmp_path, dask_address="tcp://127.0.0.1:9")),
    ):
        pass
