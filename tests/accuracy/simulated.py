"""The simulated network's own truth in the form of facts."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.accuracy.facts import NOT_JUDGED, UNKNOWN, Content, FactPage, FactTurn, edges
from tests.network import npr, site
from tests.network.story import TrueTurn

_NIGHT = 2
_ERA = "simulated"


def simulated_pages() -> Iterator[FactPage]:
    """Every page of the simulated network that may be fetched: transcripts, written stories, empty ones."""
    for url, turns in site.truth(_NIGHT).items():
        yield _page(url, "published", tuple(map(_fact, turns)))
    for url in sorted(site.without_transcript(_NIGHT) | site.not_yet(_NIGHT)):
        yield _page(url, "refused", ())


def _page(url: str, outcome: str, turns: tuple[FactTurn, ...]) -> FactPage:
    parts = urlsplit(url)
    body = site.answer(parts.netloc, parts.path, _NIGHT).body
    return FactPage(
        page_id=f"{parts.netloc}{parts.path}",
        page=url,
        outcome=outcome,
        layout="npr_transcript" if parts.netloc == npr.HOST else "grove",
        era=_ERA,
        is_claimed=True,
        turns=turns,
        url=url,
        content=Content(body, body.decode(), is_markup=True),
    )


def _fact(turn: TrueTurn) -> FactTurn:
    label = turn.speaker_label or UNKNOWN
    # The network's truth tells no single names; whether CARLOS: may be given as Carlos is not its question.
    is_single = turn.kind == "speech" and " " not in label and label != UNKNOWN
    unnamed = NOT_JUDGED if is_single else UNKNOWN
    # Nor does it tell whom a host welcomes, but what labels print alone.
    name, role = turn.speaker_name or unnamed, turn.speaker_role or NOT_JUDGED
    return FactTurn(turn.kind, label, name, role, *edges(turn.text), len(turn.text.split()))
