"""Looks that left nothing in the archive, brought to a lake that was lost: the ledger knows what they found."""

from itertools import islice

from pipeline.ingest.publishing import TOGETHER, read_look
from pipeline.ingest.work import Rooms
from pipeline.ledger import Ledger


def add_unarchived(rooms: Rooms) -> None:
    """Add to the lake the looks that found a page gone, or got no page; those that it has are the same again.

    Raises:
        ArchiveError: the transcript that a page held cannot be read back.
        LakeError, LedgerError: it could not be read or kept.
    """
    with Ledger(rooms.settings) as ledger:
        found = (read_look(look, look.looked_at, rooms, ledger).item for look in ledger.unarchived())
        rows = (item for item in found if item is not None)
        while batch := list(islice(rows, TOGETHER)):
            rooms.lake.commit(batch)
