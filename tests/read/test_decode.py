import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import PageRejected
from pipeline.read.decode import decode

SPOKEN = "NOËL FRANÇOIS: It’s 6 a.m. – “open.”"
PAGE = f"<p>{SPOKEN}</p>" * 20


@pytest.mark.parametrize(
    ("content", "content_type", "rule"),
    [
        (PAGE.encode("utf-16"), "text/html; charset=utf-8", "bom"),
        (PAGE.encode("utf-8-sig"), "text/html; charset=iso-8859-1", "bom"),
        (PAGE.encode(), "text/html; charset=utf-8", "utf-8"),
        (PAGE.encode("cp1252"), "text/html; charset=windows-1252", "header"),
        (PAGE.encode("cp1252"), "text/html; charset=iso-8859-1", "header"),
        (f'<meta charset="windows-1252">{PAGE}'.encode("cp1252"), "text/html; charset=utf-8", "declared"),
        (f'<meta charset="utf-8">{PAGE}'.encode(), None, "utf-8"),
        (PAGE.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (PAGE.encode(), None, "utf-8"),
        (PAGE.encode("cp1252"), "text/html; charset=utf-8", "detected"),
        (PAGE.encode("cp1252"), "text/html; charset=no-such-thing", "detected"),
    ],
)
def test_bytes_win_over_claims(content: bytes, content_type: str | None, rule: str) -> None:
    decoded = decode(content, content_type)

    assert SPOKEN in decoded.text
    assert "�" not in decoded.text
    assert decoded.rule == rule


def test_utf_8_with_a_spoilt_byte_stays_utf_8() -> None:
    decoded = decode(PAGE.encode() + "é".encode()[:1], "text/html; charset=utf-8")

    assert SPOKEN in decoded.text
    assert decoded.encoding == "utf-8"


def test_a_codec_that_makes_half_signs_is_no_encoding() -> None:
    found = decode(b"<p>A caf\xe9 \\ud83d</p>" * 20, "text/html; charset=unicode_escape")

    assert (found.encoding, found.rule) == ("cp1252", "detected")
    assert found.text.startswith("<p>A café \\ud83d</p>")


def test_a_code_page_of_the_east_is_detected() -> None:
    russian = "Доброе утро. Это утренняя передача, и мы начинаем с новостей. " * 20

    assert decode(russian.encode("cp1251")).text == russian


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe \x00", b"\xef\xbb\xbf \n"])
def test_nothing_but_blanks_is_empty(content: bytes) -> None:
    with pytest.raises(PageRejected) as rejection:
        decode(content)

    assert rejection.value.outcome == "rejected:empty"


@pytest.mark.parametrize("content", [b"%PDF-1.7 text", b"\x89PNG\r\n", b"ID3\x04audio", b"words\x00\x01\x02\x03 words"])
def test_what_is_no_text_is_binary(content: bytes) -> None:
    with pytest.raises(PageRejected) as rejection:
        decode(content, "text/html; charset=utf-8")

    assert rejection.value.outcome == "rejected:binary"


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_all_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(f"{text}.".encode(), "text/plain").text == f"{text}."
