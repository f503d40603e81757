"""robots.txt by RFC 9309: protego matches, this module corrects what it reads and keeps the answers.

Protego alone fails 10 of the 72 cases in which Google's own parser tests the RFC. Corrected here, before it reads:

* a product token ends at the first character that is no letter, `-` or `_` (section 2.2.1), and is compared whole;
* lines that are no rule of a group, such as `Sitemap` or an unknown one, do not end the list of user agents (2.2.4);
* line ends are CR and LF only, octets beyond ASCII are percent-encoded whatever their encoding was (2.2.2).

The RFC wants `%62` in a path compared as `b`; the parser its authors wrote compares the text as it stands. A page is
fetched only where both readings allow it.
"""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

from pipeline.errors import FetchFailed
from pipeline.fetch.urls import authority_of

logger = logging.getLogger(__name__)

KEPT_SECONDS = 86_400.0
"""RFC 9309, section 2.4: no longer than a day."""
KEPT_REFUSAL_SECONDS = 600.0
"""An unreachable robots.txt closes the site; it is asked for again after ten minutes, not on every page."""
MAX_BYTES = 1_048_576
"""Section 2.5 demands at least 500 KiB; what follows is not read."""
MAX_REDIRECTS = 5
"""Section 2.3.1.2: at least five are followed; a robots.txt behind more may be taken as unavailable."""

_RULE = re.compile(
    # The misspellings are those that Google's parser and protego take for Disallow.
    r"[ \t]*(?P<name>user[ -]?agent|allow|dis{1,2}al{1,2}ow|diasllow|disallaw|crawl[ -]delay)"
    r"(?:[ \t]*:|[ \t])[ \t]*(?P<value>[^#]*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_HOST_WIDE = frozenset(
    {"blocked_address", "budget", "dns", "held", "refused", "reset", "timeout", "tls", "unreachable"}
)
"""Failures that the page itself would meet: its outcome says so, rather than speak of robots.txt."""


class Rules:
    """What one robots.txt says to one product. Matching is pure and never raises."""

    def __init__(self, text: bytes, product: str) -> None:
        self._product = product.lower()
        lines = _normalised(text[:MAX_BYTES], self._product)
        self._decoding = Protego.parse(lines)
        self._literal = Protego.parse(lines.replace("%", "%25"))

    def allows(self, url: str) -> bool:
        """True where the product may fetch this URL."""
        return bool(
            self._decoding.can_fetch(url, self._product)
            and self._literal.can_fetch(url.replace("%", "%25"), self._product)
        )

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that the site asks for; not in the RFC, but widely meant."""
        delay = self._decoding.crawl_delay(self._product)
        return None if delay is None else float(delay)


def _normalised(text: bytes, product: str) -> str:
    """The groups' lines, in ASCII, with each user agent ours, `*`, or one that is neither."""
    octets = re.sub(rb"[\x80-\xff]", lambda octet: b"%%%02X" % octet[0][0], text.removeprefix(b"\xef\xbb\xbf"))
    lines = []
    for line in re.split(r"\r\n|\r|\n", octets.decode("ascii")):
        rule = _RULE.match(line.replace("\0", ""))
        if rule is None:
            continue
        name, value = rule["name"].lower(), re.sub(r"[\x00-\x20]+", " ", rule["value"]).strip()
        if name.startswith("user"):
            token = _TOKEN.match(value)
            agent = token[0].lower() if token else ""
            value = agent if agent in {product, "*"} else f"not-{product}"
        lines.append(f"{name}: {value}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking for an authority's robots.txt: its rules, or why there are none to go by."""

    outcome: Rules | FetchFailed
    until: float


class Robots:
    """The rules of each authority, asked for when first needed and kept for a day, for one product's requests.

    `ask` gives the content behind a URL, redirects followed, or raises FetchFailed; `clock` counts seconds.
    """

    def __init__(
        self, ask: Callable[[str], bytes], product: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._product = product
        self._clock = clock
        self._answers: dict[str, _Answer] = {}
        self._locks: dict[str, Lock] = {}

    def rules_for(self, url: str) -> Rules:
        """The rules for the authority of a clean URL, also where its robots.txt redirects elsewhere (section 2.3.1.2).

        Raises:
            FetchFailed: `robots_unreachable` where robots.txt could not be had, which is a complete disallow for the
                time being (2.3.1.4), or the reason itself (`dns`, `refused`, ...) where the page would meet it too.
        """
        authority = authority_of(url)
        with self._locks.setdefault(authority, Lock()):
            answer = self._answers.get(authority)
            if answer is None or answer.until <= self._clock():
                answer = self._asked(authority, answer)
                self._answers[authority] = answer
        if isinstance(answer.outcome, Rules):
            return answer.outcome
        failure = answer.outcome
        reason = failure.reason if failure.reason in _HOST_WIDE else "robots_unreachable"
        raise FetchFailed(url, reason, f"robots.txt could not be had ({failure.detail}), so nothing may be fetched")

    def _asked(self, authority: str, former: _Answer | None) -> _Answer:
        now = self._clock()
        try:
            return _Answer(Rules(self._ask(f"{authority}/robots.txt"), self._product), now + KEPT_SECONDS)
        except FetchFailed as failure:
            is_unavailable = failure.reason == "redirects" or (
                failure.status is not None and 400 <= failure.status < 500
            )
            if is_unavailable:  # sections 2.3.1.2 and 2.3.1.3: no rules, so all is allowed
                return _Answer(Rules(b"", self._product), now + KEPT_SECONDS)
            logger.warning("robots_unreachable authority=%s reason=%s", authority, failure.reason)
            if former is not None and isinstance(former.outcome, Rules):  # 2.4: an old copy serves while unreachable
                return _Answer(former.outcome, now + KEPT_REFUSAL_SECONDS)
            return _Answer(failure, now + KEPT_REFUSAL_SECONDS)
