"""How far a partition is from the true one."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two partitions of one set, compared by pairs of members."""

    precision: float
    """Of the pairs that were joined, those that belong together."""
    recall: float
    """Of the pairs that belong together, those that were joined."""
    adjusted_rand: float
    """1 where the partitions are equal, 0 where they agree by chance (Hubert and Arabie 1985)."""


def agreement(found: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Agreement:
    """Both give a class to the same members.

    >>> agreement({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "x"}).recall
    0.3333333333333333
    """
    both = _pairs(Counter((found[member], true[member]) for member in true))
    joined, belonging = _pairs(Counter(found[member] for member in true)), _pairs(Counter(true.values()))
    every = len(true) * (len(true) - 1) / 2
    chance = joined * belonging / every if every else 0.0
    most = (joined + belonging) / 2
    return Agreement(
        both / joined if joined else 1.0,
        both / belonging if belonging else 1.0,
        (both - chance) / (most - chance) if most != chance else 1.0,
    )


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
