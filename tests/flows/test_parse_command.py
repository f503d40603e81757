"""`asrun parse`: what it prints, its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.saying import PAGE, URL, Asrun
from tests.network.stories import STORIES


def test_parse_prints_one_object_with_null_for_unknown(asrun: Asrun, page: Path) -> None:
    code, out, err = asrun("parse", page, "--url", URL)

    said = json.loads(out)
    assert (code, err) == (0, "")
    assert list(said) == ["outcome", "transcript", "bylines", "turns"]
    assert said["outcome"] == "published"
    assert said["transcript"]["title"] == STORIES[0].headline
    assert said["transcript"]["air_date"] == STORIES[0].air_date.isoformat()
    assert said["transcript"]["correction"] is None
    assert said["turns"][0]["notes"] == []
    assert '""' not in out


def test_parse_reads_standard_input(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))

    code, out, _ = asrun("parse", "-")

    assert code == 0
    assert json.loads(out)["outcome"] == "published"


BAD_PAGES = {
    "an empty file": (b"", 1),
    "a binary file": (bytes(range(256)) * 40, 1),
    "a page of an unknown layout": (b"<html><body><p>Mayor: budget is late.</p><p>More soon.</p></body></html>", 0),
    "a written story": (b"Just some text about a river.\nIt rose and it fell.\n", 0),
}


@pytest.mark.parametrize(("content", "expected"), BAD_PAGES.values(), ids=BAD_PAGES)
def test_a_page_without_transcript_is_one_line_and_no_turns(
    asrun: Asrun, tmp_path: Path, content: bytes, expected: int
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)

    code, out, err = asrun("parse", path)

    said = json.loads(out)
    assert code == expected
    assert set(said) == {"outcome", "detail"}
    assert len(err.splitlines()) == 1
    assert str(path) in err


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_truncated_page_ends_in_an_outcome(asrun: Asrun, tmp_path: Path, share: float) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE[: int(len(PAGE) * share)])

    code, out, err = asrun("parse", path)

    assert code in {0, 1}
    assert json.loads(out)["outcome"]
    assert len(err.splitlines()) <= 1


def test_a_page_in_another_encoding_than_it_says_ends_in_an_outcome(asrun: Asrun, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.decode("utf-8").encode("utf-16-le"))

    code, out, err = asrun("parse", path, "--content-type", "text/html; charset=utf-8")

    assert code in {0, 1}
    assert json.loads(out)["outcome"]
    assert len(err.splitlines()) <= 1


def test_parse_many_writes_a_file_a_page(asrun: Asrun, tmp_path: Path) -> None:
    pages, out_folder = tmp_path / "pages", tmp_path / "out"
    (pages / "deep").mkdir(parents=True)
    (pages / "a.html").write_bytes(PAGE)
    (pages / "deep" / "b.html").write_bytes(b"")
    (pages / "gone.html").symlink_to(tmp_path / "nowhere")

    code, out, _ = asrun("parse", "--many", pages, "--out", out_folder)

    assert code == 1
    assert "1 published" in out
    assert "1 cannot be read" in out
    assert json.loads((out_folder / "a.html.json").read_text())["outcome"] == "published"
    assert json.loads((out_folder / "deep" / "b.html.json").read_text())["outcome"].startswith("rejected:")


@pytest.mark.parametrize(
    ("needed", "heavy"),
    [
        ("pipeline.parse", {"prefect", "pyarrow", "duckdb", "requests", "bs4", "sqlite3"}),
        ("pipeline.query.session, flows.cli.tables", {"prefect", "pyarrow.dataset", "requests", "bs4", "rapidfuzz"}),
    ],
    ids=["parse", "sql"],
)
def test_what_is_asked_all_day_imports_nothing_heavy(needed: str, heavy: set[str]) -> None:
    code = f"import sys, flows.cli, {needed}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)

    assert not heavy & set(done.stdout.split())


def test_many_pages_need_a_folder_to_go_to(asrun: Asrun, page: Path) -> None:
    code, out, err = asrun("parse", "--many", page.parent, "--out", page)

    assert (code, out) == (2, "")
    assert "is no folder" in err
