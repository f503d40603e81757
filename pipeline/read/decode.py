"""Bytes to text: byte order mark, then the Content-Type header, then the page's own declaration, then detection.

The order is the HTML standard's (section 13.2.3.2), kept by w3lib. Two departures, both because a declaration is a
claim and bytes are facts: a page declared as something else that is valid UTF-8 is read as UTF-8 (no text in a legacy
encoding is valid UTF-8 by chance), and a page declared UTF-8 that is not is detected anew.
"""

from dataclasses import dataclass

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from pipeline.errors import PageRejected
from pipeline.records import rejected

_DETECTION_BYTES = 20_000
_BAD = "\N{REPLACEMENT CHARACTER}"
_BEYOND_ASCII = bytes(range(128, 256))
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")
_BINARY_SIGNATURES = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"ID3", b"RIFF", b"OggS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how we know its encoding: `bom`, `header`, `declared`, `utf-8` or `detected`."""

    text: str
    encoding: str
    rule: str
    utf8: bytes | None = None
    """The page's bytes, where they are its text in UTF-8."""


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page.

    Raises:
        PageRejected: `rejected:empty` where there is nothing but white space, `rejected:binary` where it is no text.
    """
    found = _by_bom(content)
    if found is None and _is_binary(content):
        raise PageRejected(rejected("binary"), "the file is no text: pass an HTML page or the text of one")
    found = found or _by_claim(content, content_type) or _by_detection(content)
    if not found.text or found.text.isspace():
        raise PageRejected(rejected("empty"), "the page has no text at all")
    return found


def _by_bom(content: bytes) -> Decoded | None:
    encoding, bom = read_bom(content)
    if not encoding or not bom:
        return None
    return Decoded(content[len(bom) :].decode(encoding, "replace"), encoding, "bom")


def _by_claim(content: bytes, content_type: str | None) -> Decoded | None:
    utf8 = _strictly(content, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8", content)
    for rule, claim in (
        ("header", http_content_type_encoding(content_type)),
        ("declared", html_body_declared_encoding(content)),
    ):
        encoding = resolve_encoding(claim) if claim else None
        text = _strictly(content, encoding) if encoding is not None else None
        if encoding is not None and text is not None and _is_text(text):
            return Decoded(text, encoding, rule)
    return None


def _by_detection(content: bytes) -> Decoded:
    utf8 = content.decode("utf-8", "replace")
    if utf8.count(_BAD) * 4 < sum(not character.isascii() for character in utf8):
        return Decoded(utf8, "utf-8", "detected")  # cut inside a character, or a few bytes are spoilt
    if _is_western(content):
        return Decoded(content.decode("cp1252"), "cp1252", "detected")
    best = from_bytes(content[:_DETECTION_BYTES]).best()
    # Western European text is what is left when nothing else fits; browsers fall back to it too.
    encoding = best.encoding if best else "cp1252"
    return Decoded(content.decode(encoding, "replace"), encoding, "detected")


def _is_western(content: bytes) -> bool:
    """True for English in Windows-1252: what is beyond ASCII is rare, and all of it is in that code page.

    A transcript's few dashes, quotes and accents are too few for a detector to tell code pages apart: it takes them
    for Mac OS Icelandic.
    """
    beyond = len(content) - len(content.translate(None, _BEYOND_ASCII))
    return beyond * 5 < len(content) and _strictly(content, "cp1252") is not None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_text(text: str) -> bool:
    """False for what codecs that are Python's alone (`unicode_escape`) make of a page that names them: half signs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_binary(content: bytes) -> bool:
    head = content[:4096]
    if head.startswith(_BINARY_SIGNATURES):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) // 50
