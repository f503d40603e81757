"""What is known of real pages: facts that were read off them, never their text.

One file a page in `facts/`. The pages themselves belong to their publishers and lie outside the repository, in
`../shared`. `page` is the path below it; `outcome` what an informed reader says of the page:

    published   it holds a transcript
    refused     it holds none: a written story, a listing, a feed, notes
    any         it was cut so short, or its speakers are so lost, that either answer is fair

`layout` is what the page is, `era` when it was printed; `claimed` says that asrun claims to read such pages today, and
`fails` that it gets the outcome of this one wrong all the same.
`turns` are rows of kind, label, name, role, first three words, last three words, number of words. A turn is a maximal
run of one speaker or a cue paragraph. Words without a letter or digit (`-`, `[…]`) are not among the six. `-` means
that the page does not tell, so that a name given there is wrong; `?` that it is not judged; 0 words that the
transcript was cut there. Labels are as printed, without colon, role and parentheses.

A name is knowable where the page lets an informed reader know it: by a label, prose, a byline, «I'm Susan Davis». A
child or caller who gives one name is known by that. A misspelt label is its person where the page's prose spells him.
Roles: `host` and `reporter` as labels print them or as the words make plain; `guest` for somebody whom a host
welcomes; `caller`, `announcer`; `other` for a play's cast and actors who were asked to read; `-` for voices on tape.
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"
FOLDER = Path(__file__).with_name("facts")
OUTCOMES = frozenset(("published", "refused", "any"))
KINDS = frozenset(("speech", "cue"))
ROLES = frozenset(("host", "reporter", "guest", "caller", "announcer", "other", "-", "?"))
FORMS = frozenset(("file", "case", "wnyc", "turns"))
UNKNOWN = "-"
NOT_JUDGED = "?"
_EDGE = 3


@dataclass(frozen=True, slots=True)
class FactTurn:
    """A turn as it should come out."""

    kind: str
    label: str
    name: str
    role: str
    first: str
    last: str
    words: int

    @property
    def begin(self) -> tuple[str, ...]:
        """How it begins: its kind and first words."""
        return begin_of(self.kind, self.first)

    @property
    def end(self) -> tuple[str, ...]:
        """How it ends: its kind and last words."""
        return end_of(self.kind, self.last)


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds: the bytes asrun is given, and the same as text or markup for other readers."""

    raw: bytes
    text: str
    is_markup: bool


@dataclass(frozen=True, slots=True)
class FactPage:
    """A page and what is known of it."""

    page_id: str
    page: str
    outcome: str
    layout: str
    era: str
    is_claimed: bool
    turns: tuple[FactTurn, ...]
    url: str | None = None
    note: str | None = None
    fails: bool = False
    form: str = "file"
    """`file`: the file is the page. `case`: below a first line with its URL. `wnyc`: a record of WNYC's API, with the
    transcript's markup in it. `turns`: somebody's list of labels and texts, printed as a page would."""
    content: Content | None = None
    """The page itself, where it is no file."""

    @property
    def judges_turns(self) -> bool:
        """Whether its turns are known."""
        return bool(self.turns)

    def read(self) -> Content:
        """The page.

        Raises:
            FileNotFoundError: the real pages are not here.
        """
        if self.content is not None:
            return self.content
        raw = (SHARED / self.page).read_bytes()
        if self.form == "case":
            raw = raw.partition(b"\n")[2]
        elif self.form == "turns":
            raw = "\n\n".join(f"{turn['speaker']}: {turn['text']}" for turn in json.loads(raw)).encode()
        text = raw.decode("utf-8", errors="replace")
        if self.form == "wnyc":
            return Content(raw, f"<html><body>{json.loads(raw)['transcript']}</body></html>", is_markup=True)
        return Content(raw, text, is_markup=self.form == "file" and Path(self.page).suffix == ".html")


def plain_words(text: str) -> list[str]:
    """The words of a text by their letters and digits alone, so that quotes and dashes do not tell turns apart.

    >>> plain_words("«Well» - I'd say …so.")
    ['well', "i'd", 'say', 'so']
    """
    words = (word.replace("’", "'").casefold() for word in text.split())
    bare = (_without_marks(word) for word in words)
    return [word for word in bare if word]


def _without_marks(word: str) -> str:
    inner = [index for index, character in enumerate(word) if character.isalnum()]
    return word[inner[0] : inner[-1] + 1] if inner else ""


@cache
def begin_of(kind: str, text: str) -> tuple[str, ...]:
    """As `FactTurn.begin`, of a whole text; asked once for every pair of turns, so kept."""
    return (kind, *plain_words(text)[:_EDGE])


@cache
def end_of(kind: str, text: str) -> tuple[str, ...]:
    """As `FactTurn.end`, of a whole text."""
    return (kind, *plain_words(text)[-_EDGE:])


def edges(text: str) -> tuple[str, str]:
    """First and last three words as facts print them."""
    words = [word for word in text.split() if _without_marks(word)]
    return " ".join(words[:_EDGE]), " ".join(words[-_EDGE:])


def load_page(file: Path) -> FactPage:
    """The facts of one file.

    Raises:
        KeyError, ValueError: it does not say what it must.
    """
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    turns = tuple(FactTurn(*row) for row in facts.get("turns", ()))
    page = FactPage(
        page_id=file.stem,
        page=facts["page"],
        outcome=facts["outcome"],
        layout=facts["layout"],
        era=facts["era"],
        is_claimed=facts["claimed"],
        turns=turns,
        url=facts.get("url"),
        note=facts.get("note"),
        fails=facts.get("fails", False),
        form=facts.get("form", "file"),
    )
    _check(page, set(facts))
    return page


def _check(page: FactPage, keys: set[str]) -> None:
    surplus = keys - {"page", "outcome", "layout", "era", "claimed", "turns", "url", "note", "form", "fails"}
    if surplus:
        raise ValueError(f"{page.page_id}: unknown keys {sorted(surplus)}")
    if page.outcome not in OUTCOMES or page.form not in FORMS:
        raise ValueError(f"{page.page_id}: outcome {page.outcome}, form {page.form}, claimed {page.is_claimed}")
    if page.outcome == "refused" and page.turns:
        raise ValueError(f"{page.page_id}: a page without transcript has no turns")
    for turn in page.turns:
        if turn.kind not in KINDS or turn.role not in ROLES or turn.words < 0:
            raise ValueError(f"{page.page_id}: {turn}")
        if not (turn.label and turn.name and turn.first and turn.last) or len(turn.first.split()) > _EDGE:
            raise ValueError(f"{page.page_id}: {turn}")
        if turn.kind == "cue" and (turn.label, turn.name, turn.role) != (UNKNOWN,) * 3:
            raise ValueError(f"{page.page_id}: a cue has no speaker: {turn}")


def load_all() -> list[FactPage]:
    """All real pages, by their names."""
    return [load_page(file) for file in sorted(FOLDER.glob("*.toml"))]
