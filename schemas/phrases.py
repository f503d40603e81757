"""What the phrase index and the macros that search by it agree on: how words are told, and which are in no index."""

from collections.abc import Iterable

WORD = r"[\p{L}\p{M}\p{N}]+"
"""A word: letters, combining accents and digits (RE2, as in `macros.sql`)."""


def common_words_macro(words: Iterable[str]) -> str:
    """The SQL that tells the macros which words may be in no index."""
    listed = "".join(f"{word} " for word in sorted(words))
    return (
        f"CREATE MACRO common_words() AS ' {listed}';\n"
        "COMMENT ON MACRO common_words IS 'common_words(): words that are in no phrase index, as one text.';"
    )
