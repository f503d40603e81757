"""What the phrase index and the macros that search by it agree on: how words are told, and which are in no index."""

from collections.abc import Iterable

WORD = r"[\p{L}\p{M}\p{N}]+"
"""A word: letters, combining accents and digits (RE2, as in `macros.sql`)."""

PAIRED = (
    "a", "about", "and", "are", "as", "at", "be", "but", "do", "don", "for", "from", "have", "he", "i", "in", "is",
    "it", "know", "like", "m", "my", "not", "of", "on", "one", "re", "s", "so", "t", "that", "the", "there", "they",
    "think", "this", "to", "was", "we", "what", "with", "you",
)  # fmt: skip
"""Words that are common in spoken English. Where two of them stand side by side, the index has the pair: alone they
are looked up nowhere. Another list is another format of the index (`INDEX_FOLDER` of `pipeline.lake.phrases`)."""


def common_words_macro(words: Iterable[str]) -> str:
    """The SQL that tells the macros which words may be in no index."""
    listed = "".join(f"{word} " for word in sorted(words))
    return (
        f"CREATE MACRO internal.common_words() AS ' {listed}';\n"
        "COMMENT ON MACRO internal.common_words IS 'common_words(): words that are in no phrase index, as one text.';"
    )


def paired_words_macro() -> str:
    """The SQL that tells the macros of which words the index has pairs."""
    listed = "".join(f"{word} " for word in PAIRED)
    return (
        f"CREATE MACRO internal.paired_words() AS ' {listed}';\n"
        "COMMENT ON MACRO internal.paired_words IS "
        "'paired_words(): words of which the phrase index has pairs, as one text.';"
    )
