"""Which known pages are worth comparing with new ones: `is_worth_comparing`, asked of columns instead of pairs."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identify.prints import COPY_WINDOW_DAYS, FEWEST_AFAR, FEWEST_NEAR, Print


def meeting(pages: Sequence[Print], known: pa.Table) -> pa.Array:
    """The rows of `known` (of `fingerprints`: bands, air_date, published_at) that one of these pages may say again."""
    asked = pa.table(
        {
            "band": pa.array([band for page in pages for band in page.bands], pa.int32()),
            "page": pa.array([at for at, page in enumerate(pages) for _ in page.bands], pa.int64()),
        }
    )
    lists = known["bands"].combine_chunks()
    is_met = pc.is_in(pc.list_flatten(lists), asked["band"])
    met = pa.table(
        {
            "band": pc.list_flatten(lists).filter(is_met),
            "known": pc.list_parent_indices(lists).filter(is_met).cast(pa.int64()),
        }
    )
    pairs = met.join(asked, "band", join_type="inner").group_by(["known", "page"]).aggregate([("band", "count")])
    theirs = _days(known["air_date"], known["published_at"]).take(pairs["known"])
    days = pa.array([page.day for page in pages], pa.date32()).cast(pa.int32())
    apart = pc.abs(pc.subtract(theirs, days.take(pairs["page"].combine_chunks())))
    is_near = pc.fill_null(pc.less_equal(apart, COPY_WINDOW_DAYS), fill_value=False)
    fewest = pc.if_else(is_near, FEWEST_NEAR, FEWEST_AFAR)
    is_worth = pc.greater_equal(pairs["band_count"], fewest)
    return pc.unique(pairs["known"].filter(is_worth)).sort()


def _days(air_date: pa.ChunkedArray, published_at: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days of broadcast, else of publication, as numbers: see `Print.day`."""
    return pc.coalesce(air_date, published_at.cast(pa.date32())).cast(pa.int32())
