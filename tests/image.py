"""`make image-steps`: the Dockerfile's steps by hand, in a fresh folder, where there is no container engine.

COPY copies into the folder, RUN runs there with a new virtual environment in the place of the image's Python, ENV is
set; what needs root (a user of its own) is left out and said. Then the image's command must serve.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from tests.soak import say

ROOT = Path(__file__).parents[1]
DOCKERFILE = ROOT / "flows" / "deploy" / "Dockerfile"
NEEDS_ROOT = ("useradd", "chown")
PATIENCE_SECONDS = 180


def steps() -> list[tuple[str, str]]:
    """Instructions with their arguments."""
    lines = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line and line[0] != "#")]


def copy(names: list[str], folder: Path) -> None:
    """As COPY does: a folder's content into the place, files into it."""
    *sources, place = names
    target = folder / place
    for name in sources:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def run(command: str, folder: Path, environment: dict[str, str]) -> None:
    """As RUN does, without the parts that need root."""
    parts = [part.strip() for part in command.split("&&")]
    for part in parts:
        if part.startswith(NEEDS_ROOT):
            say("left out", part)
        else:
            subprocess.run(["/bin/sh", "-c", part], check=True, cwd=folder, env=environment)


def serves(command: list[str], folder: Path, environment: dict[str, str]) -> bool:
    """Whether the image's command comes to the point where it takes runs; it is ended then."""
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
    end = time.monotonic() + PATIENCE_SECONDS
    while "taking runs" not in log.read_text(encoding="utf-8") and process.poll() is None and time.monotonic() < end:
        time.sleep(0.2)
    is_serving = process.poll() is None and "taking runs" in log.read_text(encoding="utf-8")
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE_SECONDS)
    say(log.read_text(encoding="utf-8"))
    return is_serving


def main() -> int:
    """Build and try; exit code 1 where the command does not serve."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "srv"
        folder.mkdir()
        venv.create(folder / ".python", with_pip=True)
        path = f"{folder / '.python' / 'bin'}:{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": os.environ["HOME"], "ASRUN_CONTACT_URL": "https://example.org/who"}
        is_serving = False
        for instruction, rest in steps():
            say(instruction, rest)
            if instruction == "COPY":
                copy(shlex.split(rest), folder)
            elif instruction == "RUN":
                run(rest, folder, environment)
            elif instruction == "ENV":
                values = dict(one.split("=", 1) for one in shlex.split(rest))
                environment |= {name: value.replace("/srv/asrun", str(folder)) for name, value in values.items()}
            elif instruction == "CMD":
                command = [word.strip(' "') for word in rest.strip("[]").split(",")]
                command[0] = shutil.which(command[0], path=path) or command[0]
                is_serving = serves(command, folder, environment)
    say("it serves" if is_serving else "it does not serve")
    return 0 if is_serving else 1


if __name__ == "__main__":
    sys.exit(main())
