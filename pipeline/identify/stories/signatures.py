"""Fingerprints of pages: two pages that share some are worth comparing (how many: `prints`).

MinHash over runs of four words, cut into bands (Broder 1997; Leskovec, Rajaraman, Ullman: Mining of Massive Datasets,
chapter 3). With 32 bands of 3, pages that share 45 % of their runs have one in common with a probability of 95 %, two
with 80 %; pages that share 70 % have many, always; and pages that share 5 % have one in 0.4 % of cases.
"""

import struct
import zlib
from collections.abc import Sequence

from rensa import RMinHash

SIGNATURE_VERSION = 1
"""Raised when the same words give other fingerprints: those of other versions are made anew, never compared."""
RUN_WORDS = 4
BANDS = 32
ROWS = 3
_SEED = 1


def bands(words: Sequence[str]) -> tuple[int, ...]:
    """The fingerprints of these words, as signed whole numbers of 32 bits; none where the words are too few for one."""
    runs = list(map(" ".join, zip(*(words[start:] for start in range(RUN_WORDS)), strict=False)))
    if not runs:
        return ()
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(runs)
    packed = struct.pack(f"<{BANDS * ROWS}I", *sketch.digest())
    size = 4 * ROWS
    # The band's number goes in, so that equal values in different bands are no match.
    hashes = (zlib.crc32(packed[band * size : (band + 1) * size], band) for band in range(BANDS))
    return tuple(value - (1 << 32) if value >> 31 else value for value in hashes)
