"""The process of a Prefect server that must not outlive who started it: `python -m flows.server_process SOCKET`.

The socket, by the number of its descriptor, is the starter's, and listens already.
"""

import os
import signal
import socket
import sys
from threading import Thread

import uvicorn

from pipeline.memory import collect_less


def _end_with_parent() -> None:
    """Stop when standard input ends: the parent holds its other end, and the kernel closes it even after SIGKILL."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    collect_less()
    Thread(target=_end_with_parent, daemon=True).start()
    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="warning", lifespan="on")
    uvicorn.Server(config).run([socket.socket(fileno=int(sys.argv[1]))])
