"""Telling somebody: a webhook that takes JSON, a command that takes text (`mail`, say). Both are settings.

Not by way of `pipeline.fetch`: its walls are made for strangers' public hosts (robots.txt, pacing, no private address),
and the receiver is the operator's own, often in his own network. Redirects are not followed, answers are not read.
"""

import json
import logging
import subprocess
from collections.abc import Sequence
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipeline.ledger.reported import Alarm
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

WEBHOOK_SECONDS = 10
COMMAND_SECONDS = 60


def tell(settings: Settings, raised: Sequence[Alarm], cleared: Sequence[Alarm]) -> bool:
    """Tell every receiver of these alarms, in one message; whether all took it. True where there is no receiver.

    Never raises: a receiver that is down must not break a night. It is logged.
    """
    taken = True
    if settings.alarm_webhook:
        taken = _post(settings.alarm_webhook, as_json(raised, cleared), settings.user_agent)
    if settings.alarm_command:
        taken = _run(settings.alarm_command, as_text(raised, cleared)) and taken
    return taken


def as_json(raised: Sequence[Alarm], cleared: Sequence[Alarm]) -> dict[str, object]:
    """The message to a webhook. `text` is what chat services show."""
    return {
        "text": as_text(raised, cleared),
        "raised": [_fields(alarm) for alarm in raised],
        "cleared": [_fields(alarm) for alarm in cleared],
    }


def as_text(raised: Sequence[Alarm], cleared: Sequence[Alarm]) -> str:
    """The message as lines for people."""
    lines = [f"RAISED {alarm.source_id}: {alarm.kind} ({alarm.cause}): {alarm.detail}" for alarm in raised]
    lines += [f"cleared {alarm.source_id}: {alarm.kind}" for alarm in cleared]
    return "\n".join(" ".join(line.split()) for line in lines)


def _fields(alarm: Alarm) -> dict[str, str | None]:
    return {
        "source_id": alarm.source_id,
        "kind": alarm.kind,
        "cause": alarm.cause,
        "detail": alarm.detail,
        "raised_at": alarm.raised_at.isoformat(),
        "cleared_at": alarm.cleared_at.isoformat() if alarm.cleared_at else None,
    }


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """None: the answer itself, 3xx, then is an error."""


def _post(url: str, message: dict[str, object], user_agent: str) -> bool:
    request = Request(  # noqa: S310  # the setting allows http and https only
        url,
        data=json.dumps(message, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": user_agent},
        method="POST",
    )
    try:
        build_opener(_NoRedirect).open(request, timeout=WEBHOOK_SECONDS).close()
    except (OSError, HTTPException, ValueError) as error:
        # Not its path, which is the secret of many a service.
        logger.warning("alarm_not_told webhook=%s reason=%s", urlsplit(url).hostname, error)
        return False
    return True


def _run(command: Sequence[str], text: str) -> bool:
    try:
        subprocess.run(  # noqa: S603  # the operator's own command, no shell
            command, input=text + "\n", encoding="utf-8", timeout=COMMAND_SECONDS, check=True, capture_output=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("alarm_not_told command=%s reason=%s", command[0], error)
        return False
    return True
