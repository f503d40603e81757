"""The story of each page into its row in `transcripts`, out of `fingerprints`. What workers do in a rebuild."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

_PLACE = ("story_id", "is_primary")
"""What both tables have of a page's story."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Sets it in the rows of a month."""

    fingerprints: ds.Dataset
    """Those of the month: in both tables a page is filed under its day."""

    def __call__(self, transcripts: pa.Table) -> pa.Table:
        """These rows, each with its page's story and whether it is the primary page there."""
        prints = self.fingerprints.to_table(["transcript_id", *_PLACE], use_threads=False).combine_chunks()
        places = pc.index_in(transcripts["transcript_id"], prints["transcript_id"].combine_chunks())
        for name in _PLACE:
            at = transcripts.column_names.index(name)
            transcripts = transcripts.set_column(at, name, prints[name].take(places))
        return transcripts
