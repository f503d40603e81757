"""What a phrase finds: has_phrase, phrase_count and kwic, beside a search written out in Python."""

import unicodedata
from collections.abc import Iterator
from importlib import resources

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

PHRASES = {
    "whole words": ("no", "No, nothing. NO-no!", 3),
    "any ending": ("no*", "No, nothing. NO-no!", 4),
    "ending in the middle": ("climat* chang*", "Climate changes; climate, changed", 2),
    "straight apostrophe finds curly": ("don't know", "I don’t know", 1),
    "curly apostrophe finds straight": ("don’t know", "I don't -- know", 1),
    "punctuation in the text": ("well you know", "Well, you... know?", 1),
    "punctuation in the phrase": ("Well, you know!", "well you know", 1),
    "hyphen is a gap": ("twenty one", "twenty-one, twenty one, twentyone", 2),
    "line breaks are a gap": ("good morning", "Good\nmorning", 1),
    "full stops of an abbreviation": ("u.s.", "the U.S. and us", 1),
    "signs alone": ("--", "a -- b", None),
    "nothing": ("", "a", None),
    "a star alone": ("*", "a", None),
    "accents count": ("beyonce", "Beyoncé", 0),
    "capitals with accents": ("ÉTÉ", "l’été", 1),
    "accent as a character of its own": ("cafe", unicodedata.normalize("NFD", "café"), 0),
    "a phrase typed with accents of their own": (unicodedata.normalize("NFD", "café*"), "un café", 1),
    "a pattern's signs": ("a.c", "abc a c", 1),
    "one after the other": ("no no", "no no no no", 2),
    "does not overlap": ("no no", "no no no", 1),
    "begins in a longer word": ("a bc", "aa bc a bc", 1),
    "ends in a longer word": ("a b", "a bc a b", 1),
    "begins within a failed one": ("a a b", "a a a b", 1),
    "digits": ("9 11", "9/11 or 911", 1),
    "other scripts": ("привет", "Привет, мир", 1),
}


@pytest.fixture(scope="module")
def macros() -> Iterator["duckdb.DuckDBPyConnection"]:
    with duckdb.connect() as connection:
        script = resources.files("schemas").joinpath("macros.sql").read_text(encoding="utf-8")
        connection.execute("CREATE SCHEMA internal")
        connection.execute(script[: script.index("CREATE MACRO internal.phrase_words")])
        yield connection


@pytest.mark.parametrize(("phrase", "text", "count"), PHRASES.values(), ids=PHRASES)
def test_phrase(macros: "duckdb.DuckDBPyConnection", phrase: str, text: str, count: int | None) -> None:
    assert _found(macros, phrase, text) == (None if count is None else count > 0, count or 0)


WORDS = st.lists(st.sampled_from(["a", "b", "ab", "A", "ba", "é"]), min_size=1, max_size=4)
GAPS = st.sampled_from([" ", ", ", "-", "’", "\n"])


@given(
    WORDS,
    st.lists(st.tuples(st.sampled_from(["a", "b", "ab", "B", "bab", "É"]), GAPS), max_size=14),
    st.sampled_from(["", "*"]),
)
@settings(max_examples=60, deadline=None)
def test_any_phrase_in_any_text(
    macros: "duckdb.DuckDBPyConnection", phrase: list[str], cuts: list[tuple[str, str]], star: str
) -> None:
    text = "".join(word + gap for word, gap in cuts)
    words = [word.lower() for word, _ in cuts]
    wanted = [word.lower() for word in phrase]
    count = place = 0
    while place < len(words):
        part = words[place : place + len(wanted)]
        last_fits = len(part) == len(wanted) and (part[-1].startswith(wanted[-1]) if star else part[-1] == wanted[-1])
        if last_fits and part[:-1] == wanted[:-1]:
            count += 1
            place += len(wanted)
        else:
            place += 1
    assert _found(macros, " ".join(phrase) + star, text) == (count > 0, count)


def _found(connection: "duckdb.DuckDBPyConnection", phrase: str, text: str) -> tuple[bool | None, int]:
    row = connection.execute("SELECT has_phrase(?, ?), phrase_count(?, ?)", [text, phrase, text, phrase]).fetchone()
    assert row is not None
    return row[0], row[1] or 0


def test_letters_that_a_search_takes_for_the_same_are_one_in_the_index(macros: "duckdb.DuckDBPyConnection") -> None:
    all_letters = [chr(number) for number in range(1, 0x110000) if not 0xD800 <= number < 0xE000]
    cased = [letter for letter in all_letters if letter.lower() != letter or letter.upper() != letter]
    assert len(cased) > 2_500
    apart = """
        SELECT letter, same FROM (
            SELECT letter, unnest(regexp_extract_all($text, '(?i)' || letter)) AS same
            FROM (SELECT unnest($letters) AS letter)
        ) WHERE lower(upper(letter)) <> lower(upper(same))
    """
    assert macros.execute(apart, {"text": "".join(cased), "letters": cased}).fetchall() == []
