"""Files for those who run asrun as a service: they load, name what exists, and say what `asrun serve` says."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.serving import Api

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "flows" / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
BIN = Path(sys.executable).parent


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/asrun/.venv/bin", str(BIN)).replace("User=asrun\n", "")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    paths = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", *paths], check=False, capture_output=True, text=True, timeout=60
    )

    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "asrun" in line.split(":")[0]]
    assert ours == []


def commands() -> list[str]:
    """Programs and their commands, without what is set by options."""
    units = [line for unit in UNITS for line in unit.read_text(encoding="utf-8").splitlines()]
    started = [line.removeprefix("ExecStart=/srv/asrun/.venv/bin/").split() for line in units if "ExecStart=" in line]
    services = read(DEPLOY / "compose.yaml")["services"].values()
    started += [service["command"] for service in services if "command" in service]
    options = "-0123456789"
    return sorted({" ".join(word for word in words if word[0] not in options) for words in started})


@pytest.mark.parametrize("command", commands())
def test_what_is_started_exists(command: str) -> None:
    program, *rest = command.split()

    done = subprocess.run([BIN / program, *rest, "--help"], check=False, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr


def test_the_image_has_what_it_copies() -> None:
    copied = [line.split()[1:-1] for line in (DEPLOY / "Dockerfile").read_text("utf-8").splitlines() if "COPY" in line]

    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []


def test_compose_keeps_what_must_be_kept() -> None:
    compose = read(DEPLOY / "compose.yaml")
    mounted = {volume.split(":")[0] for service in compose["services"].values() for volume in service["volumes"]}

    assert mounted == set(compose["volumes"]) == {"database", "server", "data"}


@pytest.mark.flow
@pytest.mark.usefixtures("prefect_server")
def test_a_work_pool_gets_the_deployments_that_are_served() -> None:
    from prefect.utilities.importtools import import_object

    from flows.serve import deployments

    served = {deployment.flow_name: deployment for deployment in deployments(["npr"])}
    pooled = read(ROOT / "prefect.yaml")["deployments"]

    assert {import_object(one["entrypoint"]).name for one in pooled} == set(served)
    for one in pooled:
        same = served[import_object(one["entrypoint"]).name]
        schedules = [planned.model_dump()["schedule"] for planned in same.schedules or []]
        assert one["entrypoint"] == same.entrypoint
        assert one["tags"] == same.tags
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
        assert [(cron["cron"], cron["timezone"]) for cron in one.get("schedules", [])] == [
            (planned["cron"], planned["timezone"]) for planned in schedules
        ]


@pytest.mark.flow
@pytest.mark.slow
def test_prefect_deploys_all_of_it(prefect_server: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.address)
    prefect_server.ask("/work_pools/", {"name": "asrun", "type": "process"})
    deploy = [str(BIN / "prefect"), "--no-prompt", "deploy", "--all"]
    done = subprocess.run(deploy, check=False, capture_output=True, text=True, timeout=240, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr

    found = {f"{one['entrypoint']} {one['work_pool_name']}" for one in prefect_server.ask("/deployments/filter", {})}
    assert {f"flows.{name}.{name} asrun" for name in ("nightly", "revisit", "release", "backfill", "reparse")} <= found
