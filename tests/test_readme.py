"""What README and docs show is true: its queries run, its dictionary is the schemas', its commands exist."""

import re
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.query.session import connect
from pipeline.settings import Settings
from pipeline.sources import load_sources
from schemas.dictionary import markdown
from tests.flows.saying import commands
from tests.network.server import SimulatedNetwork
from tests.network.story import TrueTurn
from tests.readme import DICTIONARY, FILE, part

CONTRIBUTING, MAKEFILE = FILE.with_name("CONTRIBUTING.md"), FILE.with_name("Makefile")
README = FILE.read_text(encoding="utf-8")
PAGES = {
    path.relative_to(FILE.parent).as_posix(): path.read_text(encoding="utf-8")
    for path in (FILE, *sorted(FILE.parent.glob("docs/*.md")), CONTRIBUTING)
}
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
TYPED = sorted({
    (name, line)
    for name, text in PAGES.items()
    for line in re.findall(r"(?:^\$ |^    |`)(?:\.venv/bin/)?asrun ([a-z][^`\n]*)", text, re.MULTILINE)
})  # fmt: skip


def test_there_are_fourteen_queries() -> None:
    assert "Fourteen questions" in README
    assert len(QUERIES) == 14


@pytest.mark.parametrize(("page", "line"), TYPED, ids=lambda text: text[:60])
def test_commands_and_options_are_those_there_are(page: str, line: str) -> None:
    words = shlex.split(line.partition("#")[0].partition(" | ")[0], posix=False)
    found = [options for names, options in commands().items() if tuple(words[: len(names)]) == names]
    group = any(names[0] == words[0] for names in commands())

    assert found or (group and len(words) == 1), f"{page}: asrun {line}"
    for word in words if found else ():
        if word.startswith("--"):
            assert word.rstrip(",.") in found[0], f"{page}: asrun {line}"


def test_every_make_target_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name for text in PAGES.values() for name in re.findall(r"(?:`|\$ |^    )make ([a-z-]+)", text, re.MULTILINE)
    }

    assert {"setup", "demo", "test", "bench"} <= named <= targets


def test_the_station_of_ones_own_is_taken(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "my-sources.toml").write_text(text, encoding="utf-8")

    assert load_sources(tmp_path / "my-sources.toml").get("wxyz").host == "www.wxyz.org"


@pytest.mark.parametrize("page", PAGES)
def test_every_place_that_is_linked_is_there(page: str) -> None:
    here = FILE.parent / page
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[page]):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = here.parent / name if name else here
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there.read_text(encoding="utf-8")), target


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_of_the_docs_can_be_found_from_the_readme() -> None:
    assert {page for page in PAGES if page.startswith("docs/")} <= set(re.findall(r"\]\(([^)#\s]+)", README))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: " ".join(query.split())[:60])
def test_query_answers_with_rows(query: str, lake_of_two_nights: Settings) -> None:
    with connect(lake_of_two_nights) as session:
        answer = session.arrow(query)

    assert answer.num_rows > 0


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The true turns of a page of the lake."""

    turns: Sequence[TrueTurn]
    is_primary: bool


@pytest.fixture(scope="module")
def spoken(lake_of_two_nights: Settings) -> list[_Spoken]:
    with SimulatedNetwork() as network:
        truth = network.truth()
        network.advance()
        truth |= network.truth()
    with connect(lake_of_two_nights) as session:
        pages = session.arrow("SELECT url, is_primary FROM transcripts").to_pylist()
    return [_Spoken(truth[page["url"]], page["is_primary"]) for page in pages]


def _asked(words: str, settings: Settings) -> list[dict[str, Any]]:
    """The answer to the query with these words."""
    (query,) = (query for query in QUERIES if words in query)
    with connect(settings) as session:
        answer: list[dict[str, Any]] = session.arrow(query.replace("LIMIT 20", "")).to_pylist()
    return answer


THANKS = re.compile(r"(?i)\bthank\W+you\b")
LAUGHTER = re.compile(r"(?i)\(laughter\)")


def test_answers_are_what_the_simulated_network_knows(spoken: list[_Spoken], lake_of_two_nights: Settings) -> None:
    """Counted here by other means: phrases on all pages or once a story, notes and cues, questions of hosts."""
    said = [(page.is_primary, turn) for page in spoken for turn in page.turns]
    once = [turn for is_primary, turn in said if is_primary]
    hosts = Counter[str]()
    for turn in once:
        if turn.speaker_role == "host" and turn.speaker_name:
            hosts[turn.speaker_name] += turn.text.count("?")

    assert len(_asked("kwic('thank you'", lake_of_two_nights)) == sum(
        len(THANKS.findall(turn.text)) for _, turn in said
    )
    (march,) = _asked("ngram_trend", lake_of_two_nights)
    assert march["occurrence_count"] == sum(len(THANKS.findall(turn.text)) for turn in once)
    laughter = _asked("laughter", lake_of_two_nights)
    assert len(laughter) == sum(len(LAUGHTER.findall(turn.text)) for _, turn in said)
    questions = {row["speaker_name"]: row["questions"] for row in _asked("questions_by_host", lake_of_two_nights)}
    assert questions == dict(hosts.most_common(10))


def test_data_dictionary_is_the_schemas() -> None:
    assert markdown() == part("dictionary", DICTIONARY), "run: make readme"


def test_the_table_of_commands_has_every_command_and_no_other() -> None:
    in_the_table = " ".join(re.findall(r"^\| (`asrun .*?) \|", README, re.MULTILINE))
    named = {tuple(words) for words in map(str.split, re.findall(r"`asrun ([a-z -]+)", in_the_table))}

    assert {names[:size] for names in named for size in (1, 2)} >= set(commands())
    assert {names[0] for names in named} == {names[0] for names in commands()}
