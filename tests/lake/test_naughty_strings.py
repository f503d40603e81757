import json
from pathlib import Path

import pytest

from pipeline.lake.store import Lake
from pipeline.query.session import connect
from pipeline.settings import load_settings
from tests.lake.factory import Look, batch

NAUGHTY = Path(__file__).parents[3] / "shared" / "real" / "external" / "naughty_strings.json"


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/real/external/naughty_strings.json is not here")
def test_naughty_strings_come_back_byte_for_byte(tmp_path: Path) -> None:
    strings = [text for text in json.loads(NAUGHTY.read_text(encoding="utf-8")) if text]
    assert len(strings) > 500
    settings = load_settings(home=tmp_path)
    look = Look(1, title=strings[-1], program=strings[0], said=[(None, text) for text in strings])
    Lake(settings).commit(batch(look))
    with connect(settings) as session:
        found = session.arrow("SELECT text, encode(text) AS bytes FROM turns ORDER BY turn_index").to_pydict()
        assert found["text"] == strings
        assert found["bytes"] == [text.encode() for text in strings]
        for text in strings:
            quoted = text.replace("\0", "").replace("'", "''")
            hits = session.arrow(f"SELECT turn_index FROM turns WHERE text = '{quoted}'").to_pydict()["turn_index"]
            assert strings.index(text) in hits
