"""What the phrase index and the macros that search by it agree on: how words are told, and which are in no index."""

WORD_GAP = r"[^\p{L}\p{M}\p{N}]+"
"""What stands between words: whatever is neither letter nor combining accent nor digit (RE2, as in `macros.sql`)."""

COMMON_WORDS = (
    "the", "to", "and", "of", "a", "in", "that", "i", "is", "it", "you", "s", "we", "this", "for", "was", "on",
    "so", "but", "they", "have", "are", "with", "be", "t", "he", "what", "there", "as", "at", "not", "re", "m",
    "ve", "do", "just", "about", "if", "from", "or", "my", "like", "know", "think", "she", "his", "her", "had",
    "were", "an", "by", "who", "all", "one", "can", "their", "would", "when", "out", "up", "has", "more", "no",
    "people", "them", "how", "been", "said", "will", "because", "our", "well", "me", "your", "now", "some",
    "very", "then", "really", "these", "which",
)  # fmt: skip
"""Words of so many turns that to look them up costs more than to read the text; a phrase of nothing else is searched
for in the text itself."""


def common_words_macro() -> str:
    """The SQL that tells the macros which words are in no index."""
    words = ", ".join(f"'{word}'" for word in COMMON_WORDS)
    return (
        f"CREATE MACRO common_words() AS [{words}];\n"
        "COMMENT ON MACRO common_words IS 'common_words(): the words that stand in no phrase index.';"
    )
