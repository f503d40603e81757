"""The process of a Prefect server that must not outlive who started it: `python -m flows.server_process PORT`."""

import os
import signal
import sys
from threading import Thread

import uvicorn


def _end_with_parent() -> None:
    """Stop when standard input ends: the parent holds its other end, and the kernel closes it even after SIGKILL."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        lifespan="on",
    )
