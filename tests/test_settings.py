"""Settings: which one wins, and how a wrong one is reported."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_variables_win_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asrun.toml").write_text('home = "from-file"\nretries = 7\n', encoding="utf-8")
    monkeypatch.setenv("ASRUN_HOME", "from-variable")

    settings = load_settings()

    assert (settings.home, settings.retries) == (Path("from-variable"), 7)


def test_the_user_agent_names_product_version_and_contact() -> None:
    assert load_settings(contact_url="https://example.org/us").user_agent.startswith("asrun/")
    assert load_settings(contact_url="https://example.org/us").user_agent.endswith("(+https://example.org/us)")


@pytest.mark.parametrize(
    ("variable", "value", "where"),
    [
        ("ASRUN_CONTACT_URL", "nonsense", "'nonsense' is not of the form https://.*ASRUN_CONTACT_URL"),
        ("ASRUN_STORAGE_URL", "ftp://bucket", "not of the form s3://bucket/prefix; correct it in ASRUN_STORAGE_URL"),
        ("ASRUN_AUTHORITY_FILES", "own.toml", "authority_files.*a list or a table is written as JSON"),
        ("ASRUN_HOST_MAP", "www.kpbs.org=127.0.0.1:9", "host_map.*JSON"),
        ("ASRUN_RETRIES", "many", "ASRUN_RETRIES"),
        ("ASRUN_MIN_GAP_SECONDS", "-1", "ASRUN_MIN_GAP_SECONDS"),
        ("ASRUN_MIN_GAP_SECONDS", "inf", "ASRUN_MIN_GAP_SECONDS"),
        ("ASRUN_SQL_TIMEOUT_SECONDS", "1e300", "ASRUN_SQL_TIMEOUT_SECONDS"),
        ("ASRUN_EDITIONS_KEPT_DAYS", "1000000", "less than or equal to 100000; correct it in ASRUN_EDITIONS_KEPT_DAYS"),
        ("ASRUN_MAINTAIN_DAYS", "999999999999", "ASRUN_MAINTAIN_DAYS"),
        ("ASRUN_BOGUS", "1", "ASRUN_BOGUS: there is no such setting"),
        ("ASRUN_MIN_GAP_SECOND", "9", "ASRUN_MIN_GAP_SECONDS is one"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, where: str) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(UsageError, match=where) as refusal:
        load_settings()
    assert "\n" not in str(refusal.value)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asrun.toml").write_text("min_gap_second = 3\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"asrun\.toml: min_gap_second: there is no such setting; min_gap_seconds is"):
        load_settings()


@pytest.mark.parametrize("contact", ["https://example.org/us", "http://example.org", "mailto:us@example.org"])
def test_a_contact_is_a_page_or_an_address_to_write_to(contact: str) -> None:
    assert contact in load_settings(contact_url=contact).user_agent


@pytest.mark.parametrize("content", [b"home = \n", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "asrun.toml").write_bytes(content)

    with pytest.raises(UsageError, match=r"asrun\.toml"):
        load_settings()
