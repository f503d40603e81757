"""Who hosts, as what stands above a transcript says: teasers, captions, credits, titles."""

import re
from collections.abc import Iterable, Iterator

from pipeline.transcribe.evidence.spoken_forms import CAPITALISED_NAME
from pipeline.transcribe.evidence.teasers import readers_of_letters
from pipeline.transcribe.sought import Sought

# What stands above a transcript: «host Michel Martin talks with ...», «NPR's Ari Shapiro speaks with ...».
_TALKS = (
    r"(?:recently |just )?(?:talks|speaks|spoke|talked|chats|chatted|sits down|sat down|interviews|interviewed"
    r"|is joined|welcomes)\b"
)
_NAMED_ABOVE = Sought(
    rf"(?:\b[Hh]ost|\b[Aa]nchor|\b[Pp]resenter|\b(?:NPR|[KW][A-Z]{{2,3}})(?:'s|’s)) {CAPITALISED_NAME} {_TALKS}"
    r"(?! (?:to|with) (?:guest )?[Hh]ost\b)",
    "talk|speak|spoke|chat|s down|at down|interview|is joined|welcomes",
)
# «Listen as host Ophira Eisenberg gives our contestants ...», «Hosts Ana Diaz and Ed Hale talk with ...»: as a subject;
# «a conversation with host Sam Sanders» names a guest.
_HOSTS_ABOVE = re.compile(
    rf"(?:^|[.!?] |, |\b(?:as|when|where|while) )(?:our )?[Hh]osts? {CAPITALISED_NAME}"
    rf"(?: and {CAPITALISED_NAME.replace('<name>', '<other>')})?(?= (?:and )?[a-z])"
)
# «This episode was hosted by Kenny Malone and Erika Beras.»
_HOSTED_BY = re.compile(
    rf"\b(?:[Hh]osted by|[Gg]uest [Hh]ost:?) {CAPITALISED_NAME}"
    rf"(?: and {CAPITALISED_NAME.replace('<name>', '<other>')})?"
)
# «In an interview with KUT's Ana Diaz, Ed Hale tells ...», «In an interview with our reporter Ana Diaz, ...»
_INTERVIEWER = Sought(
    rf"\b[Ii]n (?:an|this) interview with (?:[A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}}['’]s|our (?:reporter|correspondent))"
    rf" {CAPITALISED_NAME}",
    "nterview with ",
)
_TALKED_WITH = Sought(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:recently |just )?(?:talked|spoke|talks|speaks|sat down|chatted) (?:with|to)"
    rf" (?:NPR|[KW][A-Z]{{2,3}})['’]s {CAPITALISED_NAME}",
    "talk|sp|sat down|chatted",
)
"""«Ana Diaz hosts the show On Rivers. She talked with KUT's Ed Hale.»"""
_JOINED_HOST = Sought(
    r"\b(?:join(?:s|ed)|(?:talk|sp[eo]|sat down|chat)\w* (?:with|to)) (?:NPR|[KW][A-Z]{2,3})['’]s"
    rf" (?:[A-Z][\w'’]* ){{0,3}}host {CAPITALISED_NAME}",
    "join|talk|sp|sat down|chat",
)
"""«The show is hosted by Ana Diaz, who joined KUT's Morning Edition host Ed Hale»: who talks with a host of ours."""
_CAPTION = re.compile(rf"(?:[\w.&']{{1,20}} ){{0,4}}[Hh]ost {CAPITALISED_NAME}")
"""`MPR News host Cathy Wurzer`, alone on a line."""
# «Robert Siegel talks with our regular commentators»; «Ana Diaz talks with host Ed Hale» is a guest.
_TALKS_ABOVE = re.compile(
    rf"(?:^|[.!?] ){CAPITALISED_NAME} {_TALKS} (?:with|to|by)\b(?! (?:the )?(?:[Hh]ost\b|NPR|[KW][A-Z]{{2,3}}\b))"
)

# «NPR's Tony Cox and editor Sasa Woodruff read what listeners wrote»: a headline may run into it.
_LEADS_ABOVE = re.compile(
    rf"\b(?:NPR|[KW][A-Z]{{2,3}})(?:'s|’s) {CAPITALISED_NAME}(?: and [^.?!]{{2,60}}?)?"
    r" (?:plays|reads?|answers?|reviews?|quizzes)\b"
)


def talks_above(name: str, above: Iterable[str]) -> bool:
    """Whether a teaser says that somebody talks with others: a host, if nothing but his surname is left of his label.

    >>> talks_above("Robert Siegel", ["Robert Siegel talks with our commentators."])
    True
    >>> talks_above("Ana Diaz", ["Ana Diaz talks to NPR's Ed Hale."])
    False
    >>> talks_above("Ana Diaz", ["Rain Puzzle WZZZ's Ana Diaz plays the puzzle with Ed Hale of Utica."])
    True
    """
    return any(
        found["name"] == name
        for text in above
        if name in text
        for pattern in (_TALKS_ABOVE, _LEADS_ABOVE)
        for found in pattern.finditer(text)
    )


def named_hosts(above: Iterable[str]) -> frozenset[str]:
    """The names of those who, as a page's teaser or introduction says, talk with somebody.

    >>> sorted(named_hosts(["In our Barbershop, host Michel Martin talks with Jimi Izrael."]))
    ['Michel Martin']
    >>> sorted(named_hosts(["In an interview with New Mexico Public Radio’s Ana Diaz, Ed Hale tells of rain."]))
    ['Ana Diaz']
    >>> sorted(named_hosts(["Listen as hosts Ana Diaz and Ed Hale give us a clue."]))
    ['Ana Diaz', 'Ed Hale']
    >>> sorted(named_hosts(["Ana Diaz and Ed Hale read from listeners' letters and e-mails."]))
    ['Ana Diaz', 'Ed Hale']
    >>> sorted(named_hosts(["Rain is hosted by Ana Diaz, who joined KUT's Morning Edition host Ed Hale."]))
    ['Ed Hale']
    """
    lines = [*above]
    interviewers = {
        found["name"]
        for text in lines
        for pattern in (_INTERVIEWER, _TALKED_WITH, _JOINED_HOST)
        for found in pattern.finditer(text)
    }
    named = {name for text in lines for name in _hosts_in(text) if name is not None}
    # Whom else the words call a host, hosts elsewhere, and is talked with.
    return frozenset(interviewers | (named - hosts_credited(lines) if interviewers else named))


def hosts_credited(texts: Iterable[str]) -> frozenset[str]:
    """The names of those who, as words say, host what they belong to.

    >>> sorted(hosts_credited(["This episode was hosted by Ana Diaz and produced by Ed Hale."]))
    ['Ana Diaz']
    """
    named = (found.group("name", "other") for text in texts if "ost" in text for found in _HOSTED_BY.finditer(text))
    return frozenset(name for names in named for name in names if name is not None)


def _hosts_in(text: str) -> Iterator[str | None]:
    yield from (found["name"] for found in _NAMED_ABOVE.finditer(text))
    if "ost" in text:
        for pattern in (_HOSTS_ABOVE, _HOSTED_BY):
            for found in pattern.finditer(text):
                yield from found.group("name", "other")
        if (caption := _CAPTION.fullmatch(text)) is not None:
            yield caption["name"]
    yield from readers_of_letters(text)
