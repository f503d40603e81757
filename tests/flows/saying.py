"""A page to give to commands, and what a command answers."""

import sys
from collections.abc import Callable
from typing import Any, AnyStr

import pytest
import typer

from flows import cli
from tests.network import npr
from tests.network.stories import STORIES

PAGE = npr.transcript_page(STORIES[0], STORIES[0].published_at, is_empty=False).body
URL = npr.transcript_url(STORIES[0])

Asrun = Callable[..., tuple[int, str, str]]
"""Arguments to exit code, output and errors."""
AsrunBytes = Callable[..., tuple[int, bytes, str]]
"""The same, with the output as bytes."""


def commands() -> dict[tuple[str, ...], frozenset[str]]:
    """Every command as it is typed, those of groups too, with its options, as `asrun --help` shows them."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(cli.app))]
    for names, typed in waiting:
        if below := vars(typed).get("commands"):
            waiting += [((*names, name), one) for name, one in below.items()]
        else:
            found[names] = frozenset(option for parameter in typed.params for option in parameter.opts) | {"--help"}
    return found


def command(
    monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[AnyStr], text: Callable[[AnyStr], str]
) -> Callable[..., tuple[int, AnyStr, str]]:
    """Runs the command in this process; gives its exit code, its output as it is captured, its errors as `text`."""

    def run(*arguments: object) -> tuple[int, AnyStr, str]:
        monkeypatch.setattr(sys, "argv", ["asrun", *map(str, arguments)])
        code: object = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        out, said = capture.readouterr()
        err = text(said)
        assert isinstance(code, int)
        assert "Traceback" not in err
        return code, out, err

    return run
