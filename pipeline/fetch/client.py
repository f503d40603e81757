"""The fetcher: one polite, guarded, complete look at a URL, or a failure with a name."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from pipeline.errors import BrokenOff, FetchFailed, UsageError
from pipeline.exchanges import Exchange, Span, Validators
from pipeline.fetch.guard import refuse_blocked_literal
from pipeline.fetch.pacing import HostHeld, HostSpent, Limits, Pacer, Turn
from pipeline.fetch.retries import PASSING, backoff_seconds, retry_after_seconds
from pipeline.fetch.robots import MAX_REDIRECTS as ROBOTS_MAX_REDIRECTS
from pipeline.fetch.robots import Robots
from pipeline.fetch.spans import check_span
from pipeline.fetch.urls import clean_url, host_of
from pipeline.fetch.wire import REDIRECTS, Wire
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

_NO_VALIDATORS = Validators()
_STRAINED = frozenset({429, 503})
"""Statuses by which a host says that it is asked too much."""


@dataclass(slots=True)
class _Visit:
    """What is asked for in one call, and the wall time left for it; waiting for a host's turn costs none."""

    seconds_left: float
    max_redirects: int
    gap_seconds: float = 0.0
    validators: Validators = _NO_VALIDATORS
    span: Span | None = None
    is_for_robots: bool = False


class Fetcher:
    """Fetches pages under the settings' limits. A context manager; threads may share it.

    Raises:
        UsageError: an entry of the setting `host_map` has not the form `address:port`.
    """

    def __init__(self, settings: Settings, *, pacer: Pacer | None = None) -> None:
        self._settings = settings
        self._mapped = frozenset(host.lower() for host in settings.host_map)
        self._wire = Wire(settings)
        limits = Limits(settings.max_wait_seconds, settings.delay_factor, settings.max_requests_per_day)
        self._closed = Event()
        self._pacer = pacer or Pacer(settings.home / "pacing", limits, sleep=self._sleep)
        self._robots = Robots(self._robots_text, product=settings.user_agent.partition("/")[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections; the fetcher is of no use afterwards. Threads that wait for a host are let go."""
        self._closed.set()
        self._wire.close()

    def _sleep(self, seconds: float) -> None:
        """A Crawl-delay may be minutes: whoever breaks a run off does not wait for it, and nobody is asked after it."""
        if self._closed.wait(seconds):
            raise BrokenOff("the run is being broken off")

    def get(self, url: str, *, validators: Validators | None = None, min_gap_seconds: float | None = None) -> Exchange:
        """Look at a page: robots.txt obeyed, the host's pace kept, redirects followed, passing faults tried again.

        Args:
            url: an http(s) URL, in any spelling.
            validators: what a former look gave; the answer may then be 304 with an empty body.
            min_gap_seconds: the source's own gap between requests. The longest of it, the settings' and the site's
                Crawl-delay is kept.

        Returns:
            The last exchange, of status 200 (its body whole and decoded) or 304; `hops` holds the redirects before it.

        Raises:
            FetchFailed: nothing acceptable came; `reason` says why. No error of the network escapes otherwise.
            BrokenOff: the fetcher was closed meanwhile.
            UsageError: the host is not mapped and `contact_url` is not set, or the pacing folder cannot be written.
        """
        return self._get(url, min_gap_seconds, validators=validators or _NO_VALIDATORS)

    def get_span(self, url: str, span: Span, *, min_gap_seconds: float | None = None) -> Exchange:
        """These bytes of a file, as polite as `get`; fewer where the file ends before.

        The exchange has status 206; its `body` is the bytes, and its Content-Range was found to fit them.

        Raises:
            FetchFailed: as for `get`; `protocol` where the server gives other bytes than it was asked for, or all.
            UsageError: as for `get`.
        """
        return self._get(url, min_gap_seconds, span=span)

    def _get(
        self,
        url: str,
        min_gap_seconds: float | None,
        *,
        validators: Validators = _NO_VALIDATORS,
        span: Span | None = None,
    ) -> Exchange:
        target = clean_url(url)
        if not self._may_ask(target):
            raise UsageError(
                f"{host_of(target)}: nothing is fetched from the internet without a contact for its administrators; "
                "set ASRUN_CONTACT_URL to a page or mailto: address that says who runs this"
            )
        visit = _Visit(
            seconds_left=self._settings.deadline_seconds,
            max_redirects=self._settings.max_redirects,
            gap_seconds=min_gap_seconds or 0.0,
            validators=validators,
            span=span,
        )
        return self._follow(target, visit)

    def _robots_text(self, url: str) -> bytes:
        visit = _Visit(
            seconds_left=self._settings.deadline_seconds, max_redirects=ROBOTS_MAX_REDIRECTS, is_for_robots=True
        )
        return self._follow(url, visit).content

    def _may_ask(self, url: str) -> bool:
        """False where an administrator could not tell who asks.

        Raises:
            FetchFailed: `blocked_address`, where the host is written as an address that nobody may be sent to.
        """
        if host_of(url) in self._mapped:
            return True
        refuse_blocked_literal(url, host_of(url))
        return self._settings.contact_url is not None

    def _follow(self, url: str, visit: _Visit) -> Exchange:
        """The answer at the end of the redirects. Each hop is judged as a first request is."""
        exchange = self._hop(url, visit)
        hops: list[Exchange] = []
        while exchange.status in REDIRECTS:
            hops.append(exchange)
            try:
                target = _redirect_target(exchange)
                if len(hops) > visit.max_redirects or target in {hop.url for hop in hops}:
                    raise FetchFailed(url, "redirects", f"a loop, or more than {visit.max_redirects} redirects")
                if not self._may_ask(target):
                    raise FetchFailed(url, "redirects", "this host is asked only with ASRUN_CONTACT_URL set")
                exchange = self._hop(target, visit)
            except FetchFailed as failure:
                detail = f"redirected to {hops[-1].header('Location')}: {failure.detail}"
                raise FetchFailed(url, failure.reason, detail, status=failure.status) from failure
        return replace(exchange, hops=tuple(hops))

    def _hop(self, url: str, visit: _Visit) -> Exchange:
        """One URL, tried as often as the settings allow where the cause of failure passes."""
        gap = self._permitted_gap(url, visit)
        for attempt in range(self._settings.retries):
            try:
                return self._take_turn(url, visit, gap, backoff_seconds(self._settings.backoff_seconds, attempt))
            except FetchFailed as failure:
                if not self._is_worth_another_try(failure, visit):
                    raise
                logger.info("retrying url=%s reason=%s detail=%s", url, failure.reason, failure.detail)
        return self._take_turn(url, visit, gap, 0.0)

    def _permitted_gap(self, url: str, visit: _Visit) -> float:
        """Seconds to leave between two requests to this host, after asking whether the URL may be fetched at all."""
        gap = max(self._settings.min_gap_seconds, visit.gap_seconds)
        if visit.is_for_robots:
            return gap
        rules = self._robots.rules_for(url)
        if not rules.allows(url):
            raise FetchFailed(url, "robots", "robots.txt asks not to fetch it")
        return max(gap, min(rules.crawl_delay or 0.0, self._settings.max_wait_seconds))

    def _is_worth_another_try(self, failure: FetchFailed, visit: _Visit) -> bool:
        is_too_long = (failure.retry_after_seconds or 0.0) > self._settings.max_wait_seconds
        return failure.reason in PASSING and visit.seconds_left > 0 and not is_too_long

    def _take_turn(self, url: str, visit: _Visit, gap: float, backoff: float) -> Exchange:
        """One request in the host's turn. The host is left alone afterwards where it asks for it or is in trouble."""
        try:
            with self._pacer.turn(host_of(url), gap) as turn:
                try:
                    return self._ask(url, visit)
                except FetchFailed as failure:
                    if self._closed.is_set():  # it may well be for want of the connections that were given back
                        raise BrokenOff("the run is being broken off") from failure
                    _hold(turn, failure, backoff)
                    raise
        except HostHeld as held:
            raise FetchFailed(url, "held", str(held), retry_after_seconds=held.seconds) from held
        except HostSpent as spent:
            raise FetchFailed(url, "budget", str(spent)) from spent

    def _ask(self, url: str, visit: _Visit) -> Exchange:
        """One exchange of a status that is of use: 200, 304 where we asked for it, a redirect."""
        started = time.monotonic()
        try:
            exchange = self._wire.exchange(url, visit.validators, visit.seconds_left, visit.span)
        finally:
            visit.seconds_left -= time.monotonic() - started
        logger.debug("asked url=%s status=%d seconds=%.3f", url, exchange.status, exchange.elapsed_seconds)
        if visit.span is not None and exchange.status in {200, 206}:
            check_span(exchange, visit.span)
            return exchange
        is_expected = exchange.status != 304 or visit.validators != _NO_VALIDATORS
        if exchange.status in {200, 304, *REDIRECTS} and is_expected:
            return exchange
        raise FetchFailed(
            url,
            f"http_{exchange.status}",
            f"the server answered {exchange.status} {exchange.reason}".strip(),
            status=exchange.status,
            retry_after_seconds=retry_after_seconds(exchange.header("Retry-After"), datetime.now(UTC)),
        )


def _hold(turn: Turn, failure: FetchFailed, backoff: float) -> None:
    if failure.status in _STRAINED:
        turn.strain()
    if failure.retry_after_seconds is not None:
        turn.hold(failure.retry_after_seconds)
    elif failure.reason in PASSING:
        turn.hold(backoff)


def _redirect_target(exchange: Exchange) -> str:
    """The clean URL that a redirect names; its raw octets are UTF-8 on the web, whatever the RFC allows.

    Raises:
        FetchFailed: `protocol` where it names none, `bad_url` where it names no http(s) URL.
    """
    location = exchange.header("Location")
    if not location:
        raise FetchFailed(exchange.url, "protocol", f"{exchange.status} without a Location")
    try:
        target = urljoin(exchange.url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise FetchFailed(exchange.url, "bad_url", f"no URL ({error})") from error
    return clean_url(target)
