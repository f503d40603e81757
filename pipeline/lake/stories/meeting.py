"""Which known pages are worth comparing with new ones: `is_worth_comparing`, asked of columns instead of pairs."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identify.stories.prints import COPY_WINDOW_DAYS, FEWEST_AFAR, FEWEST_NEAR, Print

_LOW = (1 << 20) - 1
"""The bits of a fingerprint that it is first asked by: of the lake's fingerprints one in a hundred passes where three
hundred pages ask, and looking up a bit in a megabyte takes a quarter of the time of looking for a number in a set."""
_LOW_BITS = pa.scalar(_LOW, pa.int32())


def meeting(pages: Sequence[Print], known: pa.Table) -> pa.Array:
    """The rows of `known` (of `fingerprints`: bands, air_date, published_at) that one of these pages may say again."""
    asked = pa.table(
        {
            "band": pa.array([band for page in pages for band in page.bands], pa.int32()),
            "page": pa.array([at for at, page in enumerate(pages) for _ in page.bands], pa.int64()),
        }
    )
    met = _met(asked["band"], known["bands"])
    pairs = met.join(asked, "band", join_type="inner").group_by(["known", "page"]).aggregate([("band", "count")])
    theirs = _days(known["air_date"], known["published_at"]).take(pairs["known"])
    days = pa.array([page.day for page in pages], pa.date32()).cast(pa.int32())
    apart = pc.abs(pc.subtract(theirs, days.take(pairs["page"].combine_chunks())))
    is_near = pc.fill_null(pc.less_equal(apart, COPY_WINDOW_DAYS), fill_value=False)
    fewest = pc.if_else(is_near, FEWEST_NEAR, FEWEST_AFAR)
    is_worth = pc.greater_equal(pairs["band_count"], fewest)
    return pc.unique(pairs["known"].filter(is_worth)).sort()


def _met(asked: pa.ChunkedArray, lists: pa.ChunkedArray) -> pa.Table:
    """The fingerprints in these lists that are asked for, each with the number of its list: `band` and `known`.

    Piece by piece, as they were read: what is laid beside a piece is small enough to stay in the processor's cache.
    """
    bits = bytearray(_LOW + 1)
    for band in asked.to_pylist():
        bits[band & _LOW] = 1
    may_be_asked = pa.Array.from_buffers(pa.int8(), len(bits), [None, pa.py_buffer(bits)])
    bands, owners, before = [], [], 0
    for piece in lists.chunks:
        values = pc.list_flatten(piece)
        found = pc.indices_nonzero(pc.take(may_be_asked, pc.bit_wise_and(values, _LOW_BITS), boundscheck=False))
        bands.append(values.take(found))
        owners.append(pc.add(pc.list_parent_indices(piece).take(found).cast(pa.int64()), before))
        before += len(piece)
    near = pa.table({"band": pa.chunked_array(bands, pa.int32()), "known": pa.chunked_array(owners, pa.int64())})
    return near.filter(pc.is_in(near["band"], asked))


def _days(air_date: pa.ChunkedArray, published_at: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days of broadcast, else of publication, as numbers: see `Print.day`."""
    return pc.coalesce(air_date, published_at.cast(pa.date32())).cast(pa.int32())
