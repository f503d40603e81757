"""`asrun release`, `verify` and `export`: what they print, their exit codes, their one-line errors."""

import json
from pathlib import Path

import pytest

from flows.cli.share_commands import Form
from pipeline.export import Format
from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings
from tests.flows.saying import Asrun, command
from tests.lake.factory import batch


@pytest.fixture
def asrun(lake_of_two_nights: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asrun:
    """Run the command in this process on the lake of two nights; its exit code, output and errors."""
    monkeypatch.setenv("ASRUN_HOME", str(lake_of_two_nights.home))
    return command(monkeypatch, capsys, str)


def test_a_release_is_made_verified_and_damage_told(asrun: Asrun, tmp_path: Path) -> None:
    place = tmp_path / "release"

    code, out, _ = asrun("release", place)
    assert code == 0
    assert str(place) in out
    assert "turns" in out

    assert asrun("verify", place) == (0, f"{place}: whole\n", "")

    (place / "README.md").write_text("nothing")
    code, out, err = asrun("verify", place)
    assert (code, out) == (1, f"{place}: 1 problem\n")
    assert err == "asrun: README.md: changed or cut since the release was made\n"


def test_a_release_without_text_says_so(asrun: Asrun, tmp_path: Path) -> None:
    assert asrun("release", tmp_path / "facts", "--text", "none")[0] == 0

    assert json.loads((tmp_path / "facts" / "release.json").read_text())["text"] == "none"


def test_what_is_there_is_wrong_use(asrun: Asrun, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")

    for arguments in (("release", tmp_path), ("export", "csv", tmp_path / "mine")):
        code, out, err = asrun(*arguments)
        assert (code, out) == (2, "")
        assert "there already" in err
        assert err.count("\n") == 1


def test_a_lake_without_transcripts_gives_no_release(
    asrun: Asrun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path / "home"))
    Lake(load_settings()).commit(batch())

    code, out, err = asrun("release", tmp_path / "release")

    assert (code, out, err) == (2, "", "asrun: nothing to release: the lake holds no transcript yet\n")
    assert not (tmp_path / "release").exists()


def test_what_is_no_release_is_wrong_use(asrun: Asrun, tmp_path: Path) -> None:
    code, _, err = asrun("verify", tmp_path / "nowhere")

    assert code == 2
    assert "no release here" in err


@pytest.mark.parametrize("form", list(Format))
def test_a_selection_is_exported(asrun: Asrun, tmp_path: Path, form: Format) -> None:
    code, out, err = asrun("export", form.value, tmp_path / "out", "--where", "source_id = 'npr'")

    assert (code, err) == (0, "")
    assert out.startswith(f"{tmp_path / 'out'}: ")
    assert (tmp_path / "out").exists()


def test_the_command_offers_every_format() -> None:
    assert [form.value for form in Form] == [form.value for form in Format]


def test_a_condition_that_chooses_nothing_is_told(asrun: Asrun, tmp_path: Path) -> None:
    code, _, err = asrun("export", "csv", tmp_path / "out", "--where", "program = 'none'")

    assert code == 2
    assert "no transcript fulfils" in err
    assert not (tmp_path / "out").exists()
