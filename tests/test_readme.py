"""What the README shows is true: its queries run, its dictionary is the schemas', its commands exist."""

import re

import pytest

from pipeline.query.session import connect
from pipeline.settings import Settings
from schemas.dictionary import markdown
from tests.flows.saying import commands
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


def test_the_table_of_commands_has_every_command_and_no_other() -> None:
    in_the_table = " ".join(re.findall(r"^\| (`asrun .*?) \|", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    named = {tuple(words) for words in map(str.split, re.findall(r"`asrun ([a-z -]+)", in_the_table))}

    assert {names[:size] for names in named for size in (1, 2)} >= set(commands())
    assert {names[0] for names in named} == {names[0] for names in commands()}
