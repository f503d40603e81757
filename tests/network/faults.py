"""The faults a server may have, as data: what it says, and the name under which the fetcher must record it."""

import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.network.fault_server import HOST, Drip, Pause, Reply, Reset, Stall, page, redirect

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HTML = b"<html><body>" + b"<p>SCOTT SIMON, HOST: Good morning.</p>\n" * 60 + b"</body></html>"
GZIP = gzip.compress(HTML, mtime=0)
MAX_WIRE_BYTES = 200_000
MAX_DECODED_BYTES = 400_000
BOMB = gzip.compress(bytes(20_000_000), mtime=0)
BOMB_OF_BOMBS = gzip.compress(gzip.compress(bytes(100_000_000), mtime=0), mtime=0)


SCRAPY = Path(__file__).parents[3] / "shared/real/external/scrapy-compressed"
"""Bombs and broken files of Scrapy's own tests; not part of this project."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server says when it is asked for `/page`, and the reason under which the fetcher must record it."""

    name: str
    reason: str
    reply: Reply
    others: Mapping[str, Sequence[Reply]] = field(default_factory=dict)
    """What it says at other paths, such as /robots.txt."""
    has_address: bool = True
    certificate: str | None = None
    """What is wrong with its certificate: `self-signed`, `expired`, `of another host`."""

    @property
    def outcome(self) -> str:
        return "gone" if self.reason in {"http_404", "http_410"} else f"fetch_failed:{self.reason}"


@dataclass(frozen=True, slots=True)
class Odd:
    """A page that comes whole, with status 200, and is not what was asked for; and the outcome it must have."""

    name: str
    outcome: str
    reply: Reply


def _coded(coding: str, body: bytes) -> Reply:
    return page(body, f"Content-Encoding: {coding}")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_CRC_BROKEN = GZIP[:-8] + bytes(4) + GZIP[-4:]


def _busy(status: str, retry_after: str) -> Reply:
    return page(b"", f"Retry-After: {retry_after}", status=status)


def _robots(reply: Reply) -> dict[str, Sequence[Reply]]:
    return {"/robots.txt": [reply]}


_GOOD = page(HTML)
_IN_AN_HOUR = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
_SIX_HOPS = {f"/{n}": [redirect(f"/{n + 1}")] for n in range(6)}

FAULTS: Sequence[Fault] = (
    # the body is not what its header says
    Fault("short Content-Length", "protocol", page(HTML, length=len(HTML) - 10)),
    Fault("long Content-Length", "truncated", page(HTML, length=len(HTML) + 10)),
    Fault("nothing of the body", "truncated", page(b"", length=500)),
    Fault("surplus a moment later", "protocol", (*page(HTML, "Connection: close"), Pause(0.02), b"<p>more</p>")),
    Fault("two Content-Lengths", "protocol", (HEAD + b"Content-Length: 3\r\nContent-Length: 30\r\n\r\n" + HTML,)),
    Fault("Content-Length no number", "protocol", (HEAD + b"Content-Length: many\r\n\r\n" + HTML,)),
    Fault("negative Content-Length", "protocol", (HEAD + b"Content-Length: -5\r\n\r\n" + HTML,)),
    Fault("unterminated chunk", "truncated", (CHUNKED + _chunk(HTML)[:-50],)),
    Fault("no last chunk", "truncated", (CHUNKED + _chunk(HTML),)),
    Fault("chunk size no number", "truncated", (CHUNKED + b"many\r\n" + HTML,)),
    Fault("transfer coding unknown", "protocol", (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + _chunk(GZIP),)),
    Fault("page cut at the connection's end", "truncated", (HEAD + b"\r\n" + HTML[:-120] + b"Good morn",)),
    # content coding
    Fault("truncated gzip with fitting length", "truncated", _coded("gzip", GZIP[:-30])),
    Fault("gzip without its trailer", "truncated", _coded("gzip", GZIP[:-8])),
    Fault("gzip of another checksum", "bad_encoding", _coded("gzip", _CRC_BROKEN)),
    Fault("gzip that is none", "bad_encoding", _coded("gzip", HTML)),
    Fault("second member broken", "bad_encoding", _coded("gzip", GZIP + b"<p>tail</p>")),
    Fault("deflate that is none", "bad_encoding", _coded("deflate", HTML)),
    Fault("truncated deflate", "truncated", _coded("deflate", zlib.compress(HTML)[:-6])),
    Fault("bytes behind deflate", "bad_encoding", _coded("deflate", zlib.compress(HTML) + b"tail")),
    Fault("coding not asked for", "bad_encoding", _coded("br", GZIP)),
    Fault("coding unknown", "bad_encoding", _coded("x-own", GZIP)),
    Fault("ten codings", "bad_encoding", _coded(", ".join(["gzip"] * 10), GZIP)),
    Fault("bomb", "too_large", _coded("gzip", BOMB)),
    Fault("bomb of bombs", "too_large", _coded("gzip, gzip", BOMB_OF_BOMBS)),
    # too much, too slow
    Fault("too many bytes", "too_large", page(bytes(MAX_WIRE_BYTES + 1))),
    Fault("too many bytes, chunked", "too_large", (CHUNKED + _chunk(bytes(50_000)) * 5 + b"0\r\n\r\n",)),
    Fault("header of one line", "protocol", (b"HTTP/1.1 200 OK\r\nX-Flood: " + b"a" * 70_000 + b"\r\n\r\n",)),
    Fault("header of many lines", "protocol", (b"HTTP/1.1 200 OK\r\n" + b"X-Flood: a\r\n" * 200 + b"\r\n",)),
    Fault("stall before the header", "timeout", (Stall(),)),
    Fault("stall in the header", "timeout", (b"HTTP/1.1 200 OK\r\nContent-Ty", Stall())),
    Fault("stall in the body", "timeout", (*page(HTML, length=len(HTML) + 10), Stall())),
    Fault("header drip", "deadline", (Drip(HEAD + b"X-Drip: " + b"a" * 1000),)),
    Fault("body drip", "deadline", (HEAD + b"Content-Length: 1000\r\n\r\n", Drip(b"a" * 1000))),
    Fault("body drip without a length", "deadline", (HEAD + b"\r\n", Drip(b"<p>" * 300))),
    Fault("chunk drip", "deadline", (CHUNKED, Drip(_chunk(b"a") * 200))),
    Fault("continue for ever", "deadline", (Drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 50),)),
    # the connection
    Fault("reset before the header", "reset", (Reset(),)),
    Fault("reset in the body", "reset", (*page(HTML, length=len(HTML) + 10), Pause(0.05), Reset())),
    Fault("closed without a word", "reset", ()),
    Fault("no HTTP", "protocol", (b"220 radio.example ESMTP\r\n",)),
    Fault("header line that is none", "protocol", (HEAD + b"no colon here\r\nContent-Length: 5\r\n\r\nhello",)),
    # statuses
    Fault("not found", "http_404", page(b"<p>Gone fishing.</p>", status="404 Not Found")),
    Fault("gone", "http_410", page(b"", status="410 Gone")),
    Fault("unauthorised", "http_401", page(b"", status="401 Unauthorized")),
    Fault("forbidden", "http_403", page(b"", status="403 Forbidden")),
    Fault("teapot with a broken body", "http_418", page(HTML, status="418 Teapot", length=9999)),
    Fault("broken", "http_500", page(b"", status="500 Internal Server Error")),
    Fault("no content", "http_204", (b"HTTP/1.1 204 No Content\r\n\r\n",)),
    Fault("part of it", "http_206", page(HTML, status="206 Partial Content")),
    Fault("304 that nobody asked for", "http_304", (b"HTTP/1.1 304 Not Modified\r\n\r\n",)),
    Fault("429, so many seconds", "http_429", _busy("429 Too Many Requests", "3600")),
    Fault("429, until a date", "http_429", _busy("429 Too Many Requests", _IN_AN_HOUR)),
    Fault("503, so many seconds", "http_503", _busy("503 Service Unavailable", "3600")),
    Fault("503, until a date", "http_503", _busy("503 Service Unavailable", _IN_AN_HOUR)),
    Fault("503, no word of when", "http_503", page(b"", status="503 Service Unavailable")),
    # robots.txt
    Fault("robots.txt forbids", "robots", _GOOD, _robots(page(b"User-agent: *\nDisallow: /page\n"))),
    Fault("robots.txt broken", "robots_unreachable", _GOOD, _robots(page(b"", status="503 Service Unavailable"))),
    Fault("robots.txt cut", "robots_unreachable", _GOOD, _robots(page(b"User-agent: *", length=900))),
    Fault("robots.txt drips", "robots_unreachable", _GOOD, _robots((CHUNKED, Drip(_chunk(b"#") * 200)))),
    Fault("robots.txt stalls", "timeout", _GOOD, _robots((Stall(),))),
    Fault("robots.txt is a bomb", "robots_unreachable", _GOOD, _robots(_coded("gzip", BOMB))),
    Fault("robots.txt leads to loopback", "blocked_address", _GOOD, _robots(redirect("http://127.0.0.1:9/robots.txt"))),
    # redirects
    Fault("six redirects", "redirects", redirect("/0"), _SIX_HOPS),
    Fault("two that redirect to each other", "redirects", redirect("/other"), {"/other": [redirect("/page")]}),
    Fault("redirect to a broken page", "http_500", redirect("/0"), {"/0": [page(b"", status="500 Oops")]}),
    Fault("redirect to a forbidden page", "robots", redirect("/0"), _robots(page(b"User-agent: *\nDisallow: /0\n"))),
    Fault("redirect to itself", "redirects", redirect("/page")),
    Fault("redirect without a target", "protocol", page(b"", status="302 Found")),
    Fault("redirect to a file", "bad_url", redirect("file:///etc/passwd")),
    Fault("redirect to no URL", "bad_url", redirect("http://[::1")),
    Fault("redirect to a user's page", "bad_url", redirect(f"https://user:secret@{HOST}/")),
    Fault("redirect to loopback", "blocked_address", redirect("http://127.0.0.1:9/")),
    Fault("redirect to cloud metadata", "blocked_address", redirect("http://169.254.169.254/latest/meta-data/")),
    Fault("redirect to mapped loopback", "blocked_address", redirect("http://[::ffff:10.0.0.1]/")),
    Fault("redirect to a number", "bad_url", redirect("http://2130706433/")),
    Fault("redirect body bomb", "too_large", page(bytes(MAX_WIRE_BYTES + 1), "Location: /", status="302 Found")),
    # names and certificates
    Fault("name unknown", "dns", _GOOD, has_address=False),
    Fault("certificate self-signed", "tls", _GOOD, certificate="self-signed"),
    Fault("certificate expired", "tls", _GOOD, certificate="expired"),
    Fault("certificate of another host", "tls", _GOOD, certificate="of another host"),
)


def _of_scrapy(name: str, reason: str, coding: str = "gzip") -> Fault:
    file = SCRAPY / name
    return Fault(f"Scrapy's {name}", reason, _coded(coding, file.read_bytes() if file.exists() else b""))


SCRAPY_FAULTS: Sequence[Fault] = (
    _of_scrapy("bomb-gzip.bin", "too_large"),
    _of_scrapy("bomb-deflate.bin", "too_large", "deflate"),
    _of_scrapy("bomb-br.bin", "bad_encoding", "br"),
    _of_scrapy("bomb-zstd.bin", "bad_encoding", "zstd"),
    _of_scrapy("truncated-crc-error.gz", "truncated"),
    _of_scrapy("truncated-crc-error-short.gz", "truncated"),
    _of_scrapy("unexpected-eof.gz", "truncated"),
)


def _document(title: str, body: str) -> Reply:
    return page(f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>".encode())


_LOGIN = "<h1>Sign in to continue</h1><form method=post><input name=email><input type=password name=word></form>"

ODD_PAGES: Sequence[Odd] = (
    Odd("empty 200", "rejected:empty", page(b"")),
    Odd("empty 200, coded", "rejected:empty", page(gzip.compress(b""), "Content-Encoding: gzip")),
    Odd("blanks", "rejected:empty", page(b" \n\n\t ")),
    Odd("a page without text", "not_yet", _document("NPR", "")),
    Odd("login wall", "not_yet", _document("Sign in : NPR", _LOGIN)),
    Odd("soft 404", "not_yet", _document("Page not found", "<h1>404</h1><p>We can't find the page you asked for.</p>")),
    Odd("maintenance page", "not_yet", _document("We'll be right back", "<p>NPR.org is down for maintenance.</p>")),
    Odd(
        "challenge",
        "not_yet",
        _document("Just a moment...", "<noscript>Enable JavaScript</noscript><script>0</script>"),
    ),
    Odd("JSON", "not_a_transcript", page(b'{"error": "temporarily unavailable"}')),
    Odd("a picture", "rejected:binary", page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)),
)
"""Asked for where a transcript stands, whose page is then expected to be empty for a while at most: `not_yet`."""
