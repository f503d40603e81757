"""Workers of a cluster read the archive out of a bucket; one process commits and publishes into it."""

import os
import shutil
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive, Resource
from pipeline.ingest import reading
from pipeline.ingest.reading import read_archive
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms
from pipeline.settings import Settings
from tests.archive.taking import taken
from tests.dask_cluster import dask_cluster
from tests.ingest.deadly import read_slowly
from tests.network import npr
from tests.network.stories import STORIES
from tests.storage.buckets import rows

AT = datetime(2026, 3, 20, tzinfo=UTC)


def fill(settings: Settings, pages: range) -> Archive:
    """An archive of stories under many addresses, still open."""
    bodies = [npr.transcript_page(story, story.published_at, is_empty=False).body for story in STORIES[:5]]
    archive = Archive(settings)
    for number in pages:
        url = f"https://radio.example/stories/{number}"
        taken(archive, Resource(url, AT + timedelta(minutes=number), "text/html", bodies[number % len(bodies)]))
    return archive


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_cluster_reads_the_bucket_and_one_process_publishes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "STRETCH", 4)
    fill(settings, range(20)).close()
    shutil.rmtree(settings.archive_dir)
    alone = settings.model_copy(update={"workers": 1})
    with open_rooms(alone) as rooms:
        reparse(rooms)
    expected = rows(settings)

    with dask_cluster(tmp_path) as cluster:
        by_cluster = settings.model_copy(update={"dask_address": cluster.address})
        with open_rooms(by_cluster) as rooms:
            assert not any(reparse(rooms).tables.values())
        assert rows(settings) == expected

        # A file that is still being written is on this machine only.
        growing = fill(settings, range(20, 26))
        found = []
        for one in read_archive(Archive(by_cluster), by_cluster, work=read_slowly):
            found.append(one)
            if len(found) == 9:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
        assert found == list(read_archive(Archive(alone), alone))
        assert len(found) == 26
        growing.close()
