"""The command: what it prints, its exit codes, its one-line errors."""

import io
import json
import random
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows import doctor
from tests.flows.saying import PAGE, URL, Asrun, commands
from tests.network.stories import STORIES

# --- wrong use ------------------------------------------------------------------------------------------------------
WRONG = {
    "unknown command": ("fly",),
    "no page": ("parse",),
    "missing page": ("parse", "none.html"),
    "a folder as a page": ("parse", "."),
    "out without many": ("parse", "page.html", "--out", "x"),
    "no date": ("nightly", "--date", "yesterday"),
    "unknown source": ("nightly", "--source", "kxyz"),
    "backfill without dates": ("backfill", "--source", "npr"),
    "missing import": ("import", "none.warc.gz"),
    "unknown kind": ("import", "page.pdf"),
    "nothing collected": ("status",),
    "no lake": ("sql", "SELECT 1"),
    "nothing to maintain": ("maintain",),
    "parquet to nowhere": ("sql", "--format", "parquet"),
    "no URL": ("parse", "page.html", "--url", "http://"),
    "a night to come": ("nightly", "--date", "2999-01-01"),
    "no argument": ("import",),
    "unknown option": ("status", "--all"),
    "unknown choice": ("export", "pdf", "place"),
    "a turn below nothing": ("explain", "page", "-1"),
    "unknown command of a group": ("archive", "burn"),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_wrong_use_is_exit_code_2_and_says_what_is_wrong(
    asrun: Asrun, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "page.pdf").write_bytes(b"%PDF")

    code, out, err = asrun(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("asrun: ")
    assert len(err.splitlines()) == 1
    assert "Value error" not in err


def test_who_has_seen_enough_of_the_output_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "schema"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as asrun:  # fmt: skip
        assert asrun.stdout is not None
        asrun.stdout.close()
        _, err = asrun.communicate(timeout=60)

    assert (asrun.returncode, err) == (0, "")


@pytest.mark.parametrize("arguments", [("maintain",), ("import", "page.html"), ("sql", "SELECT 1")], ids=" ".join)
def test_a_home_that_is_a_file_is_one_line(
    asrun: Asrun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path / "page.html"))

    code, out, err = asrun(*arguments)

    assert (code, out) == (3, "")
    assert "correct its permissions or the setting `home`" in err
    assert len(err.splitlines()) == 1


def test_a_wrong_setting_names_itself(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASRUN_RETRIES", "many")

    code, _, err = asrun("status")

    assert code == 2
    assert "ASRUN_RETRIES" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), RuntimeError("Query interrupted")], ids=repr)
def test_an_interruption_is_one_line(
    asrun: Asrun, monkeypatch: pytest.MonkeyPatch, interruption: BaseException
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise interruption

    monkeypatch.setattr("pipeline.settings.load_settings", interrupt)

    assert asrun("maintain") == (
        130, "", "asrun: interrupted; nothing is half written, and the same command may be given again\n"
    )  # fmt: skip


def test_version_and_help(asrun: Asrun) -> None:
    assert asrun("--version")[:2] == (0, "asrun 0.1.0\n")
    for names in commands():
        code, out, _ = asrun(*names, "--help")
        assert code == 0
        assert f"Usage: asrun {' '.join(names)}" in out


# --- import, sql, status, doctor ------------------------------------------------------------------------------------
def test_import_shows_what_it_took_in_beside_damage(asrun: Asrun, page: Path) -> None:
    damaged = page.parent / "cut.zip"
    damaged.write_bytes(b"PK")

    code, out, err = asrun("import", page, damaged)
    assert (code, "1 new transcript," in out) == (1, True)
    assert err.startswith(f"asrun: {damaged}: a damaged ZIP file")

    code, out, err = asrun("import", damaged)
    assert (code, out) == (3, "")
    assert err.startswith(f"asrun: no page could be taken in: {damaged}: a damaged ZIP file")


def test_an_import_of_nothing_is_refused(asrun: Asrun, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "page.pdf").touch()

    code, out, err = asrun("import", tmp_path / "folder")
    assert (code, out) == (2, "")
    assert "nothing to import" in err


def test_of_many_refused_pages_some_are_shown_and_it_is_said_where_all_are(asrun: Asrun, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for number in range(12):
        (tmp_path / "folder" / f"{number}.html").touch()

    code, _, err = asrun("import", tmp_path / "folder")
    assert (code, err.count("rejected:empty")) == (1, 10)
    assert err.endswith("... and 2 more, in table captures\n")
    _, out, _ = asrun("sql", "SELECT count(*) FROM captures WHERE outcome = 'rejected:empty'", "--format", "csv")
    assert out.split() == ["count_star()", "12"]


def test_a_page_that_is_brought_again_is_refused_for_the_same_reason(asrun: Asrun, page: Path) -> None:
    page.write_bytes(b"")

    refused = [asrun("import", page, "--url", URL) for _ in range(3)]
    assert refused[0][0] == 1
    assert refused[0][2] == f"rejected:empty {URL}: the page has no text at all\n"
    assert [err for _, _, err in refused] == [refused[0][2]] * 3


def test_import_then_sql_then_status(asrun: Asrun, page: Path, home: Path) -> None:
    code, out, _ = asrun("import", page, "--url", URL)
    assert code == 0
    assert "1 new transcript," in out

    code, out, _ = asrun("import", page, "--url", URL)
    assert code == 0
    assert "unchanged 1" in out

    code, out, _ = asrun("sql", "SELECT title, air_date, correction FROM transcripts", "--format", "json")
    (row,) = json.loads(out)
    assert (row["title"], row["correction"]) == (STORIES[0].headline, None)
    code, out, _ = asrun("sql", "SELECT title, correction FROM transcripts", "-f", "csv")
    assert out.splitlines()[0] == "title,correction"
    code, out, _ = asrun("sql", "SELECT count(*) AS n FROM turns WHERE kind = 'speech'")
    assert (code, "n" in out) == (0, True)
    code, out, _ = asrun("status")
    assert (code, "npr" in out, "import" in out) == (0, True, True)
    assert home.exists()


def test_import_takes_warc_files_and_bare_pages_by_their_own_address(asrun: Asrun, page: Path, home: Path) -> None:
    assert asrun("import", page)[0] == 0
    code, out, _ = asrun("sql", "SELECT url, source_id FROM captures", "-f", "json")
    (row,) = json.loads(out)
    assert row["url"] == page.as_uri()

    (warc,) = (home / "archive").glob("*.warc.gz")
    copy = home.parent / "theirs.warc.gz"
    copy.write_bytes(warc.read_bytes())
    code, out, _ = asrun("import", copy)
    assert (code, "unchanged 1" in out) == (0, True)


def test_sql_as_parquet_can_be_read_back(asrun: Asrun, page: Path, tmp_path: Path) -> None:
    asrun("import", page, "--url", URL)
    query = [sys.executable, "-c", "from flows.cli import main; main()", "sql", "FROM turns", "-f", "parquet"]
    done = subprocess.run(query, check=True, capture_output=True, timeout=60)
    (tmp_path / "rows.parquet").write_bytes(done.stdout)

    assert pq.read_table(tmp_path / "rows.parquet").num_rows > 5


def test_a_script_of_statements_goes_on_after_an_error_and_says_so_at_the_end(
    asrun: Asrun, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asrun("import", page, "--url", URL)
    monkeypatch.setattr(
        sys, "stdin", io.StringIO("SELECT nothing;\nSELECT count(*)\n  AS pages FROM transcripts;\nexit\nSELECT 2;\n")
    )

    code, out, err = asrun("sql", "-f", "csv")

    assert (code, out) == (1, "pages\n1\n")
    assert len(err.splitlines()) == 1


def test_an_import_under_an_address_that_is_none_is_refused(asrun: Asrun, page: Path) -> None:
    code, _, err = asrun("import", page, "--url", "nonsense")

    assert code == 2
    assert "--url nonsense" in err


def test_a_lake_that_was_moved_says_how_it_is_mended(
    asrun: Asrun, page: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asrun("import", page, "--url", URL)
    home.rename(home.with_name("elsewhere"))
    monkeypatch.setenv("ASRUN_HOME", str(home.with_name("elsewhere")))

    code, _, err = asrun("sql", "SELECT count(*) FROM turns")

    assert code == 2
    assert "asrun reparse" in err


def test_sql_refuses_to_write(asrun: Asrun, page: Path) -> None:
    asrun("import", page, "--url", URL)

    code, out, err = asrun("sql", "DROP VIEW turns")

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_doctor_says_what_to_do(asrun: Asrun, monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    code, out, _ = asrun("doctor")
    assert code == 1
    assert "set ASRUN_CONTACT_URL" in out

    monkeypatch.setenv("ASRUN_CONTACT_URL", "https://example.org/who")
    asrun("import", page, "--url", URL)
    code, out, _ = asrun("doctor")
    lines = {line.split()[1]: line.split()[0] for line in out.splitlines()}
    assert lines == dict.fromkeys(
        ("settings", "contact", "sources", "people", "disk", "lake", "ledger", "archive", "prefect", "readers"), "ok"
    )
    assert code == 0

    with monkeypatch.context() as upgraded:
        upgraded.setattr(doctor, "PARSER_VERSION", "another")
        assert "1 read by another parser than this one (another): `asrun reparse`" in " ".join(
            asrun("doctor")[1].split()
        )

    # Without them a night takes nothing in.
    monkeypatch.setenv("ASRUN_CORRECTIONS_FILE", "missing.toml")
    monkeypatch.setenv("ASRUN_AUTHORITY_FILES", '["none.toml"]')
    for missing in ("none.toml: cannot be read (No such file or directory)", "missing.toml: is not there"):
        code, out, _ = asrun("doctor")
        assert (code, f"FAIL people {missing}" in " ".join(out.split())) == (1, True)
        monkeypatch.delenv("ASRUN_AUTHORITY_FILES", raising=False)
    monkeypatch.delenv("ASRUN_CORRECTIONS_FILE")

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    code, out, _ = asrun("doctor")
    assert (code, "unset PREFECT_API_URL" in out) == (1, True)

    monkeypatch.delenv("PREFECT_API_URL")
    with socket.create_server(("127.0.0.1", 0)) as scheduler:
        monkeypatch.setenv("ASRUN_DASK_ADDRESS", f"tcp://127.0.0.1:{scheduler.getsockname()[1]}")
        code, out, _ = asrun("doctor")
        assert (code, "need a PREFECT_API_URL that they reach" in " ".join(out.split())) == (0, True)
    code, out, _ = asrun("doctor")
    assert (code, "no Dask scheduler answers" in " ".join(out.split())) == (1, True)


# --- nothing could be done ------------------------------------------------------------------------------------------
def test_a_lake_made_by_a_newer_version_is_left_alone(asrun: Asrun, page: Path, home: Path) -> None:
    asrun("import", page, "--url", URL)
    state = home / "lake" / "lake.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "lake_version": 99}))
    before = {path: path.stat().st_mtime_ns for path in (home / "lake").rglob("*.parquet")}

    for arguments in (("sql", "SELECT 1"), ("import", page)):
        code, out, err = asrun(*arguments)
        assert (code, out) == (3, "")
        assert "upgrade asrun" in err
        assert len(err.splitlines()) == 1
    assert {path: path.stat().st_mtime_ns for path in (home / "lake").rglob("*.parquet")} == before


def test_a_prefect_server_that_is_named_and_dead_is_one_line(asrun: Asrun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    days = ("--from", "2026-03-16", "--to", "2026-03-18")
    for arguments in (("nightly", "--date", "2026-03-20"), ("backfill", "--source", "npr", *days, "--deploy")):
        code, out, err = asrun(*arguments)
        assert (code, out) == (3, "")
        assert "unset PREFECT_API_URL" in err.splitlines()[-1]


_FULL_DISK = """
    import resource, signal, sys
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
    from flows.cli import main
    main()
"""


def test_a_full_disk_is_one_line_and_no_damage(asrun: Asrun, page: Path, tmp_path: Path) -> None:
    asrun("import", page, "--url", URL)
    _, before, _ = asrun("sql", "FROM transcripts", "-f", "json")
    large = tmp_path / "large.html"
    large.write_bytes(random.Random(1).randbytes(4_000_000))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_FULL_DISK), "import", str(large)],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode == 3
    assert "make room on this disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert asrun("sql", "FROM transcripts", "-f", "json")[1] == before
    assert asrun("import", page, "--url", URL)[0] == 0
