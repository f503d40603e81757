"""What the README shows is true: its queries run, its dictionary is the schemas', its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.query.session import connect
from pipeline.settings import Settings
from schemas.dictionary import markdown
from tests.readme import FILE, part

QUERIES = re.findall(r"```sql\n(.*?)```", part("queries"), re.DOTALL)


def test_there_are_ten_queries() -> None:
    assert len(QUERIES) >= 10


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: " ".join(query.split())[:60])
def test_query_answers_with_rows(query: str, lake_of_two_nights: Settings) -> None:
    with connect(lake_of_two_nights) as session:
        answer = session.arrow(query)

    assert answer.num_rows > 0


def test_data_dictionary_is_the_schemas() -> None:
    assert markdown() == part("dictionary"), "run: make readme"


def test_every_command_of_the_table_exists() -> None:
    command = str(Path(sys.executable).with_name("asrun"))
    shown = subprocess.run([command, "--help"], capture_output=True, text=True, check=True).stdout
    for name in re.findall(r"^\| `asrun (\w+)", FILE.read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"\b{name}\b", shown), name
