"""A vocabulary: the function words of spoken English, most frequent first, and invented words behind them."""

import numpy as np

FUNCTION_WORDS = (
    "the", "and", "to", "a", "of", "that", "i", "in", "it", "you", "is", "we", "this", "was", "they", "so", "have",
    "for", "on", "but", "be", "are", "it's", "what", "he", "with", "that's", "not", "at", "as", "there", "about",
    "do", "like", "just", "know", "if", "or", "from", "my", "think", "all", "people", "one", "had", "she", "were",
    "can", "an", "me", "your", "by", "because", "who", "their", "would", "our", "more", "her", "his", "when", "out",
    "up", "has", "will", "been", "well", "really", "now", "don't", "them", "going", "these", "no", "how", "get",
    "some", "then", "said", "want", "which", "very", "i'm", "time", "mean", "see", "him", "go", "two", "right",
    "could", "make", "than", "other", "into", "also", "did", "good", "us", "new", "year", "years", "say", "here",
    "way", "where", "only", "many", "over", "first", "even", "things", "back", "being", "any", "much", "after",
    "those", "why", "lot", "something", "thing", "work", "got", "too", "should", "still", "never", "through",
    "before", "down", "same", "most", "does", "yes", "little", "kind", "come", "let", "take", "off", "between",
    "since", "every",
)  # fmt: skip
"""By rank as in conversation on air; contractions as they are printed."""
VOCABULARY = 200_000
_LETTERS = "etaoinshrdlucmfwypvbgk"
_WEIGHTS = np.array([12, 9, 8, 7.5, 7, 6.7, 6.3, 6, 6, 4.2, 4, 2.8, 2.4, 2.4, 2.2, 2, 2, 1.9, 1, 1.5, 1.5, 1])


def vocabulary(seed: int, kept_free: set[str]) -> list[str]:
    """Words, most frequent first; frequent words are short, and none of them is `kept_free`."""
    random = np.random.default_rng(seed)
    words = list(FUNCTION_WORDS)
    seen = {*words, *kept_free}
    while len(words) < VOCABULARY:
        length = max(1, int(1.6 + np.log2(len(words) + 2) * 0.42 + random.normal(0, 1.2)))
        word = "".join(random.choice(list(_LETTERS), length, p=_WEIGHTS / _WEIGHTS.sum()))
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words
