"""What of printed affiliations and outlets is compared."""

from functools import lru_cache

from pipeline.transcribe.names import fold

# Words that many share who have nothing to do with each other.
_GENERIC = frozenset((
    "a", "actor", "administration", "agency", "american", "an", "analyst", "and", "assistant", "associate",
    "association", "at", "attorney", "author", "board", "bureau", "center", "centre", "chair", "chairman", "chief",
    "co", "college", "columnist", "committee", "company", "congress", "contributor", "corporation", "correspondent",
    "council", "critic", "department", "democrat", "democratic", "deputy", "director", "doctor", "economist", "editor",
    "executive", "expert", "federal", "fellow", "for", "former", "foundation", "founder", "from", "general", "group",
    "head", "host", "in", "inc", "institute", "international", "journal", "journalist", "law", "lawyer", "manager",
    "media", "member", "minister", "ministry", "musician", "my", "national", "network", "new", "news", "of", "office",
    "officer", "on", "organization", "party", "physician", "policy", "political", "president", "press", "producer",
    "professor", "program", "project", "public", "radio", "reporter", "republican", "representative", "research",
    "researcher", "resident", "school", "science", "scientist", "senate", "senator", "senior", "service", "society",
    "state", "states", "station", "student", "studies", "the", "times", "to", "union", "united", "university", "us",
    "vice", "with", "writer", "york",
))  # fmt: skip


@lru_cache(maxsize=65_536)
def marks(affiliation: str | None) -> frozenset[str]:
    """The words of an affiliation that tell it from others.

    >>> sorted(marks("Professor, University of Michigan")), sorted(marks("NPR News"))
    (['michigan'], ['npr'])
    """
    if affiliation is None:
        return frozenset()
    letters = "".join(character if character.isalnum() else " " for character in fold(affiliation))
    return frozenset(letters.split()) - _GENERIC
