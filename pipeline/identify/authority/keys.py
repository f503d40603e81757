"""Names as they are compared: of programmes, surnames, and what somebody is called."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.identify.names import key_of, name_of
from pipeline.transcribe.census import census_given
from pipeline.transcribe.names import fold

_NO_WORD = re.compile(r"[^a-z0-9]+")
_WITH_TWO_SURNAMES = 3


def surnames(printed: str) -> Iterator[str]:
    """The surname in this full name, as it is compared; of two with a hyphen both, as nobody is called by the second.

    Of three words the last two are one as well, where they begin with nobody's first name.

    >>> list(surnames("Melissa Block")), list(surnames("Jude Joffe-Block")), list(surnames("Ana Diaz Jr."))
    (['block'], ['joffe block'], ['diaz'])
    >>> list(surnames("Stacey Vanek Smith")), list(surnames("Mary Louise Kelly"))
    (['smith', 'vanek smith'], ['kelly'])
    """
    key = key_of(printed)
    last = printed.split()[-2 if name_of(key).suffix else -1]
    words = name_of(key).words
    yield " ".join(words[-1 - last.count("-") :])
    if len(words) == len(printed.split()) == _WITH_TWO_SURNAMES and words[1] not in census_given():
        yield " ".join(words[1:])


def call_key(call: str) -> str:
    """What somebody is called, as it is compared.

    >>> call_key("Pres. BUSH"), call_key("George H.W. Bush")
    ('president bush', 'george hw bush')
    """
    key = " ".join(fold(call).replace(".", "").split())
    return f"president {key.removeprefix('pres ')}" if key.startswith("pres ") else key


@lru_cache(maxsize=4_096)
def program_key(program: str) -> str:
    """A programme's name as it is compared.

    >>> program_key("Wait Wait...Don't Tell Me!") == program_key("Wait, Wait... Don't Tell Me")
    True
    """
    return _NO_WORD.sub("", program.casefold())
