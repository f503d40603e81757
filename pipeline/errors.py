"""Errors, named by what the caller does next.

AsrunError                 every error of ours; its text is one line that says what to do
+-- UsageError             the caller asked for something that cannot be (exit code 2)
+-- FetchFailed            this URL gave nothing: record the reason, go on, look again later
+-- BrokenOff              the run is being broken off: note nothing of this URL, and end
+-- PageRejected           this page is no transcript or cannot be read: record the reason, go on
+-- ArchiveError           the archive cannot be written or read: stop, nothing is damaged
+-- ClusterError           the cluster cannot do the work: stop, mend it or do without; nothing was written
+-- LedgerError            the ledger cannot be written or read: stop, the archive has what it needs to be made anew
+-- LakeError              the lake cannot be written or read: stop, what was published stays
    +-- LakeTooNew         a newer asrun wrote this lake: stop, upgrade
    +-- LakeBusy           another writer holds the lake: wait, or try again
"""


class AsrunError(Exception):
    """Base of all errors that asrun raises on purpose; `str()` is one line for a person."""


class UsageError(AsrunError):
    """The request itself is wrong: an unknown source, a date range that ends before it starts."""


class FetchFailed(AsrunError):
    """A URL gave no acceptable response.

    `reason` is a stable slug: `dns`, `refused`, `reset`, `unreachable`, `timeout`, `deadline`, `too_large`,
    `truncated`, `tls`, `robots` (it forbids), `robots_unreachable` (nobody knows), `held`, `budget`,
    `blocked_address`, `bad_url`, `redirects`, `bad_encoding`, `protocol`, `bad_record` (of a crawl's file), `lost` (out
    of the archive, before it was read), or the status as `http_403`. The page's outcome is `fetch_failed:<reason>`;
    where `is_gone` (404 and 410) it is `gone`.
    `retry_after_seconds` is how long the host asked to be left alone, where it did (`http_429`, `http_503`, `held`).
    """

    def __init__(
        self,
        url: str,
        reason: str,
        detail: str,
        *,
        status: int | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(f"{url}: {detail}")
        self.url = url
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry_after_seconds = retry_after_seconds

    @property
    def is_gone(self) -> bool:
        return self.status in {404, 410}

    @property
    def is_unasked(self) -> bool:
        """True where the URL itself was not asked for: nobody may, or its host had to be left alone."""
        return self.reason in {"robots", "robots_unreachable", "bad_url", "held", "budget"}


class BrokenOff(AsrunError):
    """The fetcher was closed before this URL was had. What it looked like from here is no fault of its host."""


class PageRejected(AsrunError):
    """A page from which no transcript is taken.

    `outcome` is the page's outcome: `not_a_transcript`, `not_yet` or `rejected:<reason>`; `detail` says what was seen.
    """

    def __init__(self, outcome: str, detail: str) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail


class ArchiveError(AsrunError):
    """The archive of raw pages could not be written or read."""


class ClusterError(AsrunError):
    """The cluster that was to read cannot: its workers lack something, or it is gone."""


class LedgerError(AsrunError):
    """The ledger of URLs and runs could not be written or read, or a newer asrun wrote it."""


class LakeError(AsrunError):
    """The lake could not be written or read; what was published before is untouched."""


class LakeTooNew(LakeError):
    """The lake was written by a newer version of asrun than this one."""


class LakeBusy(LakeError):
    """Another process is writing the lake."""
