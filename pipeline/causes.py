"""What class of cause stands behind a source's troubles. Pure; of looks that ended alike, the most frequent decides."""

from collections import Counter
from collections.abc import Sequence

from pipeline.ledger.reported import LookCount
from pipeline.records import GONE, NOT_A_TRANSCRIPT, NOT_YET, UNCHANGED, fetch_failed, rejected

DNS = "dns"
REFUSED = "refused"
"""No connection, or none that could be used: refused, reset, broken TLS, a server's error."""
NOT_FOUND = "not_found"
BLOCKED = "blocked"
"""The server turns this client away: 401, 403, 429, 451."""
ROBOTS = "robots"
LAYOUT_CHANGED = "layout_changed"
"""Something comes, and is no longer read as what it was."""
EMPTY = "empty"
"""Listings are read and name nothing new, or pages come without anything in them."""
SLOW = "slow"
NOT_LOOKED = "not_looked"
"""No run has looked of late."""

_BY_REASON = {
    "dns": DNS,
    "blocked_address": DNS,  # its name leads to a private address
    "refused": REFUSED,
    "reset": REFUSED,
    "unreachable": REFUSED,
    "tls": REFUSED,
    "protocol": REFUSED,
    "robots_unreachable": REFUSED,
    "http_404": NOT_FOUND,
    "http_410": NOT_FOUND,
    "http_401": BLOCKED,
    "http_403": BLOCKED,
    "http_429": BLOCKED,
    "http_451": BLOCKED,
    "robots": ROBOTS,
    "timeout": SLOW,
    "deadline": SLOW,
    "held": SLOW,
    "http_503": SLOW,
    "http_504": SLOW,
}
_NO_LOOKS = frozenset({fetch_failed("budget"), fetch_failed("lost")})
"""They say nothing of the source: it was not asked, or its answer was lost here."""
_LEAST_EXPECTED = 3
"""Transcripts that were to be expected among so many pages before their absence says anything."""


def cause_of(outcome: str) -> str | None:
    """The class of an outcome that is a failure; None where it is none."""
    if outcome == GONE:
        return NOT_FOUND
    if outcome == rejected("empty"):
        return EMPTY
    if outcome.startswith(rejected("")):
        return LAYOUT_CHANGED
    reason = outcome.removeprefix(fetch_failed(""))
    if outcome == reason or outcome in _NO_LOOKS:
        return None
    other = REFUSED if reason.startswith("http_5") else LAYOUT_CHANGED
    return _BY_REASON.get(reason, other)


def cause_of_silence(looks: Sequence[LookCount], published_share: float) -> tuple[str, LookCount | None]:
    """Why a source gives nothing new, by the newest run's looks at it, and the looks that tell.

    `published_share` is how many of its pages were transcripts before. Listings come first: where half of them fail,
    pages cannot be known.
    """
    if not looks:
        return NOT_LOOKED, None
    for kind in ("listing", "page"):
        of_kind = [look for look in looks if look.kind == kind and look.outcome not in {UNCHANGED, *_NO_LOOKS}]
        told = _main_cause(of_kind)
        if told:
            return told
    pages = [look for look in looks if look.kind == "page"]
    without = [look for look in pages if look.outcome in {NOT_A_TRANSCRIPT, NOT_YET}]
    if sum(look.count for look in without) * published_share >= _LEAST_EXPECTED:
        return LAYOUT_CHANGED, without[0]
    return EMPTY, next((look for look in looks if look.kind == "listing"), None)


def share_of(looks: Sequence[LookCount], kind: str, causes: frozenset[str]) -> tuple[int, float]:
    """How many looks of a kind there were, and the share of those that failed by one of these causes."""
    of_kind = [look for look in looks if look.kind == kind and look.outcome not in _NO_LOOKS]
    total = sum(look.count for look in of_kind)
    failed = sum(look.count for look in of_kind if cause_of(look.outcome) in causes)
    return total, failed / total if total else 0.0


def _main_cause(looks: Sequence[LookCount]) -> tuple[str, LookCount] | None:
    """The most frequent cause of failure and its most frequent look, where half of these looks or more failed."""
    counts: Counter[str] = Counter()
    for look in looks:
        cause = cause_of(look.outcome)
        if cause:
            counts[cause] += look.count
    if not counts or 2 * counts.total() < sum(look.count for look in looks):
        return None
    cause = counts.most_common(1)[0][0]
    return cause, max((look for look in looks if cause_of(look.outcome) == cause), key=lambda look: look.count)
