"""Two lists in order, brought side by side."""

from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def aligned(left: Sequence[A], right: Sequence[B], likeness: Callable[[A, B], int]) -> list[tuple[int, int]]:
    """Pairs of places, in order on both sides, whose likeness adds up to the most; a likeness of 0 makes no pair.

    >>> aligned("abcd", "xbd", lambda a, b: int(a == b))
    [(1, 1), (3, 2)]
    """
    rows, columns = len(left), len(right)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    like = [[likeness(one, other) for other in right] for one in left]
    for row in range(rows - 1, -1, -1):
        below, here, likes = best[row + 1], best[row], like[row]
        for column in range(columns - 1, -1, -1):
            skipped = max(below[column], here[column + 1])
            paired = likes[column] + below[column + 1] if likes[column] else 0
            here[column] = max(skipped, paired)
    return _walked(best, like)


def _walked(best: list[list[int]], like: list[list[int]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(like) and column < len(like[row]):
        if like[row][column] and best[row][column] == like[row][column] + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def in_common(left: Sequence[A], right: Sequence[A]) -> int:
    """How many items, in order, both have: the length of their longest common subsequence."""
    return len(aligned(left, right, lambda one, other: int(one == other)))
