"""Releases: complete, the same bytes from the same edition, all or nothing, and what befell one is found."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.errors import LakeError, UsageError
from pipeline.lake.release import release, verify
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import TABLES, Table


@pytest.fixture(scope="module")
def released(lake_of_two_nights: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(lake_of_two_nights, tmp_path_factory.mktemp("releases") / "full").place


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "copy"))


def rows(place: Path, table: Table) -> list[dict[str, Any]]:
    files = sorted((place / table.name).rglob("*.parquet"))
    return [row for path in files for row in pq.ParquetFile(path).read().to_pylist()]


def by_key(table: Table, found: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[name] for name in table.key): row for row in found}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_release_holds_every_row_as_the_lake_does(lake_of_two_nights: Settings, released: Path, table: Table) -> None:
    with connect(lake_of_two_nights) as session:
        in_lake = session.arrow(f"SELECT * FROM {table.name}").to_pylist()

    in_release = rows(released, table)

    assert by_key(table, in_release) == by_key(table, in_lake)
    assert len(in_release) == len(in_lake)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_files_keep_the_contract_and_the_order(released: Path, table: Table) -> None:
    for path in (released / table.name).rglob("*.parquet"):
        file = pq.ParquetFile(path)
        assert file.schema_arrow.equals(table.arrow)
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"
        assert file.metadata.row_group(0).column(0).is_stats_set
        found = file.read().to_pylist()
        order = [tuple((row[name] is None, row[name]) for name in table.order) for row in found]
        assert order == sorted(order)


def test_folders_are_hive_partitions(released: Path) -> None:
    years = ds.dataset(released / "turns", partitioning="hive").to_table(columns=["air_year", "air_date"]).to_pylist()

    assert {str(row["air_year"]) for row in years} == {"2026"}


def test_the_same_edition_gives_the_same_bytes(lake_of_two_nights: Settings, released: Path, tmp_path: Path) -> None:
    again = release(lake_of_two_nights, tmp_path / "again").place

    assert (again / "SHA256SUMS").read_bytes() == (released / "SHA256SUMS").read_bytes()


def test_open_sql_gives_the_tables_and_macros(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(released)
    with duckdb.connect() as connection:
        connection.execute((released / "open.sql").read_text())

        assert connection.sql("SELECT count(*) FROM turns").fetchall()[0][0] == len(
            rows(released, next(table for table in TABLES if table.name == "turns"))
        )
        assert connection.sql("SELECT hit FROM kwic('the water stood', 20)").fetchall()


def test_papers_say_what_is_there(lake_of_two_nights: Settings, released: Path) -> None:
    facts = json.loads((released / "release.json").read_text())
    package = json.loads((released / "datapackage.json").read_text())
    with connect(lake_of_two_nights) as session:
        edition = session.arrow("SELECT edition_id FROM edition").to_pylist()[0]["edition_id"]

    assert facts["edition_id"] == edition
    assert facts["text"] == "full"
    assert {name: told["rows"] for name, told in facts["tables"].items()} == {
        table.name: len(rows(released, table)) for table in TABLES
    }
    assert 0.9 < facts["quality"]["turns"][0]["named_share_of_words"] <= 1
    by_year = facts["quality"]["by_program_and_year"]
    assert sum(row["transcript_count"] for row in by_year) == facts["tables"]["transcripts"]["rows"]
    assert all(sum(row["words_by_confidence"].values()) == row["word_count"] for row in by_year)
    assert facts["quality"]["identities"][0]["person_count"] == facts["tables"]["people"]["rows"]
    for resource in package["resources"]:
        table = next(table for table in TABLES if table.name == resource["name"])
        assert [field["name"] for field in resource["schema"]["fields"]] == list(table.column_names)
        assert all((released / path).is_file() for path in resource["path"])
    assert edition in (released / "README.md").read_text()


def test_sha256sum_agrees(released: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not on this machine")

    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=released, check=True)


def test_without_text_no_running_text_is_left(lake_of_two_nights: Settings, tmp_path: Path) -> None:
    place = release(lake_of_two_nights, tmp_path / "facts", text="none").place
    said = [row["text"] for row in rows_of_lake(lake_of_two_nights, "SELECT text FROM turns WHERE word_count > 4")]

    for table in TABLES:
        names = {name for path in (place / table.name).rglob("*.parquet") for name in pq.read_schema(path).names}
        assert names == {column.name for column in table.columns if not column.is_text}
    everything = b"".join(path.read_bytes() for path in place.rglob("*.*") if path.suffix != ".parquet")
    values = " ".join(str(row) for table in TABLES for row in rows(place, table))
    assert not [text for text in said if text in values or text.encode() in everything]
    assert list(verify(place)) == []


def rows_of_lake(settings: Settings, sql: str) -> list[dict[str, Any]]:
    with connect(settings) as session:
        found: list[dict[str, Any]] = session.arrow(sql).to_pylist()
    return found


def test_a_release_is_never_changed(lake_of_two_nights: Settings, released: Path) -> None:
    before = (released / "SHA256SUMS").read_bytes()

    with pytest.raises(UsageError, match="there already"):
        release(lake_of_two_nights, released)

    assert (released / "SHA256SUMS").read_bytes() == before


def test_without_a_lake_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="asrun nightly"):
        release(load_settings(home=tmp_path / "home"), tmp_path / "release")

    assert not (tmp_path / "release").exists()


def test_a_release_that_fails_leaves_nothing(
    lake_of_two_nights: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.lake.release.papers.datapackage", full)
    with pytest.raises(LakeError, match="disk is full"):
        release(lake_of_two_nights, tmp_path / "release")

    assert list(tmp_path.iterdir()) == []


# --- what befalls a release -----------------------------------------------------------------------------------------
def a_file(place: Path) -> Path:
    return min((place / "turns").rglob("*.parquet"))


def cut(place: Path) -> None:
    path = a_file(place)
    path.write_bytes(path.read_bytes()[:-100])


def flip(place: Path) -> None:
    content = bytearray(a_file(place).read_bytes())
    content[len(content) // 2] ^= 1
    a_file(place).write_bytes(content)


def zero_footer(place: Path) -> None:
    content = a_file(place).read_bytes()
    a_file(place).write_bytes(content[:-8] + b"\0" * 8)


def lose(place: Path) -> None:
    a_file(place).unlink()


def add(place: Path) -> None:
    shutil.copy(a_file(place), a_file(place).with_name("part-1.parquet"))


def rewrite_dictionary(place: Path) -> None:
    (place / "README.md").write_text("nothing")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut": (cut, "changed or cut"),
    "flipped byte": (flip, "changed or cut"),
    "footer of zeros": (zero_footer, "changed or cut"),
    "lost": (lose, "missing"),
    "added": (add, "not part of the release"),
    "other words": (rewrite_dictionary, "README.md: changed"),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found(copy: Path, damage: Callable[[Path], None], said: str) -> None:
    damage(copy)

    assert any(said in problem for problem in verify(copy))


def test_a_whole_release_has_no_problems(copy: Path) -> None:
    assert list(verify(copy)) == []


def test_rows_that_are_missing_are_found_though_digests_fit(copy: Path) -> None:
    lost = a_file(copy)
    lost.unlink()
    sums = copy / "SHA256SUMS"
    kept = [line for line in sums.read_text().splitlines() if lost.relative_to(copy).as_posix() not in line]
    sums.write_text("\n".join(kept) + "\n")

    assert any(problem.startswith("turns: 0 rows, not") for problem in verify(copy))


def test_pages_of_a_file_carry_checksums(copy: Path) -> None:
    """A reader that heeds them finds a flipped byte without the list of digests."""
    flip(copy)

    with pytest.raises(OSError, match="CRC"):
        pq.read_table(a_file(copy), page_checksum_verification=True)


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"abc  ../../etc/passwd\n", b"0" * 64 + b"  /etc/passwd\n"])
def test_what_is_no_release_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "SHA256SUMS").write_bytes(content)

    with pytest.raises(UsageError, match="SHA256SUMS"):
        list(verify(tmp_path))
