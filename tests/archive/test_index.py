"""The index of a file whose records came described is that of the file."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive, Resource, encode_page
from pipeline.archive.index import index_of, index_text, read_records
from pipeline.settings import load_settings
from tests.archive.exchanges import AT, exchange

ENCODED = (
    exchange(1, hops=(exchange(2, status=301, body=b"", headers=(("Location", "/transcripts/1"),)),)),
    Resource("file:///news/1998.txt", AT + timedelta(days=1), "text/plain", b"SCOTT SIMON, HOST: Good morning."),
    exchange(3),
)


@pytest.mark.parametrize("is_fetched_too", [False, True])
def test_the_index_is_that_of_the_file(tmp_path: Path, *, is_fetched_too: bool) -> None:
    settings = load_settings(home=tmp_path)
    with Archive(settings) as archive:
        for page in ENCODED:
            archive.append_encoded(encode_page(page)[0])
            if is_fetched_too:
                archive.append(exchange(9))

    (path,) = settings.archive_dir.glob("*.warc.gz")
    written = index_of(path).read_text(encoding="utf-8")
    assert written == index_text(read_records(path))
    assert written.count("\n") == (7 if is_fetched_too else 4)
