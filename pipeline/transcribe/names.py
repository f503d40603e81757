"""Names in proper case: by the page's own spelling first, by rule only where the page never spells them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from pipeline.transcribe.vocabulary import PARTICLES
from pipeline.transcribe.words import starts

_APOSTROPHES = "'\u2019\u2018\u02bc`"
_POSSESSIVE = ("'S", "’S")
_MARKS = '"“”!$.'
_DOTTED = re.compile(r"\w{0,30}(?:\.\w{1,30}){1,5}\.?|\w\.")
"""C., J.D., will.i.am: printed as they are."""
_PLAIN_CAPITALIZE = re.compile(r"^MAC|[$!]|\w\w\.$")
"""Words with which the library's rules go wrong: MACIAS, P!NK, ST."""
_JOINTS = re.compile("(['’-])")
"""O'HEARN, RIVLIN-NADLER."""
_SMALL_SECOND = re.compile(r"(?<=[a-z]{2}-)[a-z](?=[a-z]{2})")
"""`Chana Joffe-walt`, as a page that raises the first letter of each word prints her."""
_SYLLABLES = re.compile(r"(?:[b-df-hj-np-tv-xz]{0,3}[aeiouy]{1,3}(?:ng|[hklmnprt])?-?){2}", re.IGNORECASE)
"""Park `Geun-hye`, Chiang `Kai-shek`: one given name of two syllables, whose second is small."""
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_JOINED = re.compile(r"([A-Z][a-z]{1,2})([A-Z]{3,})")
"""`LeBRON`, `DeSANTIS`: small letters amid capitals say where the next capital stands."""
# Scottish and Irish surnames whose next letter is a capital; before a vowel, c, h, k, r or s MAC is none but in these
# (Macaulay, Machado, Mackey, Macron), nor in Maclin.
_MAC = re.compile(
    r"^MAC(?=[dfgmnptvw]\w{2}|l(?!in$)\w{2}|(?:adam|alister|arthur|aulay|callum|intosh|intyre|kay|kenzie|kinnon|queen|rae)$)",
    re.IGNORECASE,
)
_ITALIAN = re.compile(r"(D)(I(?=[^AEIOUHY]\w{2,8}[OI]$)|E(?=[^AEIOUHYL]\w{2,8}O$))(\w{4,})")
"""`DICAPRIO`, `DEBLASIO`: none of the 4,760 commonest surnames that begins and ends so is written otherwise."""
# JB, DJ, KT: two capitals without a vowel are initials; so are these.
_TWO_INITIALS = 2
_INITIALS = re.compile(r"^(?:[BCDFGHJKLMNPQRSTVWXZ]{2}|AJ|EJ|OJ|AG|AC|AB|EB|ED(?=\.))$")


def _fold_table() -> dict[int, str]:
    # Letters and punctuation that stay as they are have a place too: each that has none costs `translate` an error.
    table = {code: chr(code) for code in (*range(0x0250), *range(0x2000, 0x2070))}
    table |= {ord(character): "'" for character in _APOSTROPHES} | {ord(character): "-" for character in _HYPHENS}
    for code in range(0x00C0, 0x0250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    table |= {ord("Ø"): "o", ord("ø"): "o", ord("Ł"): "l", ord("ł"): "l", ord("Đ"): "d", ord("đ"): "d"}
    return table | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)} | {0xA0: " "}


_FOLD = _fold_table()


def initials_of(tokens: Iterable[str]) -> set[str]:
    """By which initials a page may call somebody; the parts of a surname with a hyphen have one each, or one together.

    >>> sorted(initials_of(("Ana", "Burns-Hale")))
    ['AB', 'ABH']
    """
    name = " ".join(tokens).upper()
    return {"".join(word[0] for word in words) for words in (name.split(), name.replace("-", " ").split())}


def fold(text: str) -> str:
    """Text for comparing names: lower case, without accents, plain apostrophes and hyphens. Lengths stay the same.

    >>> fold("Micheál O’Brien")
    "micheal o'brien"
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLD)


class Spellings:
    """How a page spells names in its prose, bylines and meta data."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts = list(texts)
        self._text = "\n".join(parts)
        # Most pages are in ASCII, which is folded fast; of others most paragraphs are.
        self._folded = fold(self._text) if self._text.isascii() else "\n".join(map(fold, parts))

    @property
    def text(self) -> str:
        return self._text

    @property
    def folded(self) -> str:
        return self._folded

    def of(self, tokens: Sequence[str]) -> str | None:
        """The page's own mixed-case spelling of a whole name, the most frequent one; None where it has none."""
        wanted = fold(" ".join(tokens))
        found: dict[str, int] = {}
        for start in starts(wanted, self._folded):
            end = start + len(wanted)
            if self._is_word(start, end):
                form = self._text[start:end]
                if form in found:
                    found[form] += 1
                elif _is_proper(form):
                    found[form] = 1
        return _best(found)

    def of_initials(self, tokens: Sequence[str]) -> str | None:
        """The page's own spelling of a name whose initials a label prints in another way: `E J DIONNE`, `EJ DIONNE`.

        >>> Spellings(["Our regulars are E.J. Dionne and David Brooks."]).of_initials(("E", "J", "DIONNE"))
        'E.J. Dionne'
        >>> Spellings(["Your opponent is JJ Maxwell."]).of_initials(("J", "J", "MAXWELL"))
        'JJ Maxwell'
        """
        *given, surname = tokens
        letters = "".join(given).replace(".", "")
        if len(letters) != _TWO_INITIALS or not letters.isupper() or letters not in ("".join(given), *given):
            return None
        dotted = [f"{letter}." for letter in letters]
        ways = ("".join(dotted),), dotted, (letters,)
        return next((found for way in ways if (found := self.of((*way, surname))) is not None), None)

    def of_word(self, token: str) -> str | None:
        """The page's own mixed-case spelling of one word of a name."""
        return self.of((token,))

    def _is_word(self, start: int, end: int) -> bool:
        before = self._folded[start - 1 : start]
        after = self._folded[end : end + 1]
        is_joined = after == "-" and self._folded[end + 1 : end + 2].isalpha()
        return not (before.isalnum() or before == "-" or after.isalnum() or is_joined)


def proper_name(tokens: Sequence[str], spellings: Spellings, suffix: str | None = None) -> str:
    """A printed name in proper case, with a plain apostrophe.

    The page's spelling of the whole name wins (it also restores accents that capitals lost), then its spelling of
    each word, then the rules of the `nameparser` library.
    """
    return name_as_spelled(tokens, spellings.of(tokens), spellings, suffix)


def name_as_spelled(tokens: Sequence[str], whole: str | None, spellings: Spellings, suffix: str | None = None) -> str:
    """As `proper_name`, where the page's spelling of the whole name is known already."""
    # Accents printed in the label itself are evidence too: never drop them for a plainer spelling.
    if whole is None or (not " ".join(tokens).isascii() and whole.isascii()):
        words = [_proper_word(token, spellings, is_first=index == 0) for index, token in enumerate(tokens)]
        whole = " ".join(
            _with_capital(words, place) if token.isupper() else words[place] for place, token in enumerate(tokens)
        )
    return (f"{whole} {suffix}" if suffix else whole).replace("’", "'")


def _with_capital(words: Sequence[str], place: int) -> str:
    """A word of a name, with a capital unless it is a particle: the library knows others that English writes large.

    `Jon Bon Jovi`, `Eva St Clair`, `Le Duc Tho`, `Chris Van Hollen`; but `Oscar de la Renta`, `Sonia de los Santos`.
    """
    word = words[place]
    if not word.islower():
        return word
    before, after = ("".join(words[place - 1 : place]).lower(), "".join(words[place + 1 : place + 2]).lower())
    is_small = bool(before) and bool(after) and (word in PARTICLES or before in PARTICLES)
    if (word == "van" and after not in PARTICLES) or (word == "la" and before != "de"):
        is_small = False
    return word if is_small else word.capitalize()


def _proper_word(token: str, spellings: Spellings, *, is_first: bool) -> str:
    if token[-2:] in _POSSESSIVE:
        return f"{_proper_word(token[:-2], spellings, is_first=is_first)}{token[-2:].lower()}"
    if not token.strip(_MARKS)[-1:].isupper():
        is_one = "-" not in token or _SYLLABLES.fullmatch(token)
        return token if is_one else _SMALL_SECOND.sub(lambda small: small[0].upper(), token)
    seen = spellings.of_word(token)
    if seen is not None and (token.isascii() or not seen.isascii()):
        return seen
    if len(token) == 1 or _DOTTED.fullmatch(token) or (is_first and _INITIALS.match(token)):
        return token
    return _by_letters(token, is_first=is_first)


def _by_letters(token: str, *, is_first: bool) -> str:
    """A word of a name by its own letters, then by rule."""
    if (joined := _JOINED.fullmatch(token)) is not None:
        return f"{joined[1]}{joined[2].capitalize()}"
    if (italian := _ITALIAN.fullmatch(token)) is not None and not is_first:
        return f"D{italian[2].lower()}{italian[3].capitalize()}"
    if _MAC.match(token):
        return f"Mac{token[3:].capitalize()}"
    return token.capitalize() if _PLAIN_CAPITALIZE.search(token) else by_rule(token, is_first=is_first)


@lru_cache(maxsize=4096)  # a name comes back on page after page
def by_rule(token: str, *, is_first: bool) -> str:
    """A word of a name as names are spelled, where the page does not spell it."""
    from nameparser import HumanName  # noqa: PLC0415  # 40 ms that most pages never need

    parts = _JOINTS.split(token)
    if all(map(_has_no_rule, parts[::2])):
        return "".join(map(_capitalized, parts))  # as the library says too, in half a millisecond
    # Behind another word particles (de, la, von) are known as such; at the beginning they are given names.
    name = HumanName(token if is_first else f"John {token} Smith")
    name.capitalize(force=True)
    return str(name).removeprefix("John ").removesuffix(" Smith")


def _has_no_rule(word: str) -> bool:
    """Whether the library knows nothing of a word but that `MC` begins one name and the rest another."""
    return word.isalpha() and word.isupper() and not word.startswith("MAC") and word.lower() not in _words_of_rules()


def _capitalized(word: str) -> str:
    """A word that goes on in small letters behind its capital: `Hale`, `McCammon`, but `Mca`."""
    is_scottish = word.startswith("MC") and len(word) > len("MCA")
    return f"Mc{word[2:].capitalize()}" if is_scottish else word.capitalize()


@cache
def _words_of_rules() -> frozenset[str]:
    """The words for which the library has rules: particles, conjunctions, titles, suffixes, degrees."""
    from nameparser.config import CONSTANTS  # noqa: PLC0415

    return frozenset(
        (
            *CONSTANTS.prefixes,
            *CONSTANTS.conjunctions,
            *CONSTANTS.titles,
            *CONSTANTS.suffix_acronyms,
            *CONSTANTS.suffix_not_acronyms,
            *CONSTANTS.capitalization_exceptions,
        )
    )


def _is_proper(form: str) -> bool:
    """Mixed case, each word capitalised but for particles: `Michele Kelemen`, `Ana de la Peña`, not `will`."""
    if form.isupper() and sum(character.isalpha() for character in form) > 1:
        return False
    words = form.split()
    return words[0][:1].isupper() and words[-1][:1].isupper()


def _best(found: Mapping[str, int]) -> str | None:
    """The most frequent spelling; of equally frequent ones the one with accents, then the first by alphabet."""
    if len(found) < 2:
        return next(iter(found), None)
    return min(found, key=lambda form: (-found[form], form.isascii(), form))
