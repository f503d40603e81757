"""An S3 server of the tests' own: moto's, as a process on this machine, and before it a bad line where one is wanted.

As a process: whoever asks it from Rust may hold the interpreter while waiting, in which a server here would be.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

_SERVER = """
import logging, sys
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(*server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
"""
CREDENTIALS = MappingProxyType(
    {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_REGION": "us-east-1"}
)


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a server, which ends with the `with`, or with this process."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        host, port = server.stdout.readline().split()
        yield f"http://{host}:{port}"
        server.communicate()  # its standard input ends, and so does it
