"""What an object store, or a library that asks one, says in many lines, in one that says what to do."""

import re

_KNOWN = (
    (("nosuchbucket",), "there is no such bucket: make it, or correct the setting `storage_url`"),
    (
        ("403 forbidden", "401 unauthorized", "accessdenied", "invalidaccesskeyid", "signaturedoesnotmatch"),
        "it refuses these credentials: correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    ),
    (("slowdown", "503 service unavailable", "429 too many"), "it has too much to do: run this again later"),
    (
        ("error sending request", "tcp connect error", "timed out", "dns error", "error decoding response body"),
        "it does not answer, or breaks off: run this again when it does (setting `storage_endpoint`)",
    ),
)
_ASKED = ("generic s3 error", "error performing", "operation lacked the necessary privileges", "obstore")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST = 300


def plain(said: str) -> str:
    r"""What went wrong, in one line; what an object store says is put into words that help.

    >>> plain("Generic S3 error: Error performing GET http://127.0.0.1:1/b/k: error sending request")
    'it does not answer, or breaks off: run this again when it does (setting `storage_endpoint`)'
    >>> plain("a file\n is missing")
    'a file is missing'
    """
    text = " ".join(_ESCAPES.sub("", said).split("\n\nDebug source")[0].split())
    lower = text.lower()
    if not any(sign in lower for sign in _ASKED):
        return text
    for signs, words in _KNOWN:
        if any(sign in lower for sign in signs):
            return words
    return text[:_LONGEST]
