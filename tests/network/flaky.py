"""The simulated network behind a bad line: a share of all requests meets a fault."""

import random
import socket
from collections.abc import Sequence

from tests.network import site
from tests.network.fault_server import Drip, FaultServer, Reply, Stall, path_of
from tests.network.faults import FAULTS


def _is_quick(reply: Reply) -> bool:
    """Whether the fault is over at once, rather than at somebody's deadline."""
    return not any(isinstance(step, Drip | Stall) for step in reply)


QUICK_FAULTS: Sequence[Reply] = [
    fault.reply
    for fault in FAULTS
    if not fault.others and fault.has_address and fault.certificate is None and _is_quick(fault.reply)
]


class FlakyNetwork(FaultServer):
    """Passes requests on to the simulated network at `address`, but for a share of them, drawn with a seed."""

    def __init__(self, address: str, *, share: float, seed: int) -> None:
        super().__init__({}, hosts=site.HOSTS)
        self._behind = address.rpartition(":")
        self._share = share
        self._chance = random.Random(seed)
        self.faults = 0

    def _answer(self, connection: socket.socket, head: str, began_at: float) -> None:
        del began_at
        if self._chance.random() < self._share and path_of(head) != "/robots.txt":
            self.faults += 1
            self._say(connection, self._chance.choice(QUICK_FAULTS))
            return
        host, _, port = self._behind
        with socket.create_connection((host, int(port))) as behind:
            behind.sendall(head.encode("latin-1"))
            while piece := behind.recv(65_536):
                connection.sendall(piece)
