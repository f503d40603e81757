"""Fingerprints stay what they are: those that are stored are compared with tomorrow's."""

from pipeline.identify.stories.signatures import BANDS, SIGNATURE_VERSION, bands

PINNED = (-92698268, -1017173623, -837638488, 1147959452)
WORDS = ["from", "npr", "news", "this", "is", "all", "things", "considered", "it", "rained", "all", "night"]


def test_the_same_words_give_the_fingerprints_that_are_stored() -> None:
    # Whoever changes these numbers, by a new release of the library too, raises SIGNATURE_VERSION: the fingerprints of
    # older pages are then made anew with the pages, and never compared with new ones.
    assert SIGNATURE_VERSION == 1
    assert bands(WORDS)[:4] == PINNED
    assert len(bands(WORDS)) == BANDS


def test_too_few_words_have_none() -> None:
    assert bands(WORDS[:3]) == ()


def test_order_of_words_matters_order_of_runs_does_not() -> None:
    twice = [*WORDS, *WORDS]
    assert set(bands(WORDS)) & set(bands(twice))
    assert not set(bands(WORDS)) & set(bands(WORDS[::-1]))
