import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LedgerError
from pipeline.ingest.rereads import open_rereads
from pipeline.ledger import Figures, Reread


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"))))
def test_a_page_is_unchanged_where_it_says_what_it_said_before(
    tmp_path_factory: pytest.TempPathFactory, looks: list[tuple[str, str]]
) -> None:
    before: dict[str, str] = {}
    with open_rereads(tmp_path_factory.getbasetemp()) as read:
        for url, content in looks:
            assert read.note_content(url, content) is (before.get(url) == content)
            before[url] = content


def test_what_is_added_comes_back_in_its_order_and_the_file_goes(tmp_path: Path) -> None:
    added = [
        Reread("b", "published", None, Figures("A night of rain", 120, 7, 6)),
        Reread("a", "rejected:timeout", "not read after 60 s", None),
        Reread("c", "published", None, Figures(None, 0, 0, 0)),
    ]
    with open_rereads(tmp_path / "home") as read:
        for one in added:
            read.add(one)
        assert list(read) == added
        assert len(list((tmp_path / "home").iterdir())) == 1
    assert list((tmp_path / "home").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(LedgerError, match="cannot be written"), open_rereads(tmp_path / "home"):
        pass


def peak_of(pages: int, folder: Path) -> int:
    tracemalloc.start()
    with open_rereads(folder) as read:
        for number in range(pages):
            read.note_content(f"https://www.npr.org/transcripts/{number}", f"{number:064}")
            read.add(Reread(f"{number:036}", "published", None, Figures(f"Story {number}", number, 5, 5)))
        assert sum(1 for _ in read) == pages
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    peak_of(100, tmp_path)

    assert peak_of(8_000, tmp_path) < 1.2 * peak_of(1_000, tmp_path)
