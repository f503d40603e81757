"""Voices on tape whom their labels call guests: what somebody is in parentheses does not say that he was welcomed."""

from pipeline.transcribe.roles.interviews import asks, speaks_to_one
from pipeline.transcribe.speakers.parts import Cast


def voices_on_tape(cast: Cast) -> set[str]:
    """Those whom nothing but what stands in their labels' parentheses makes guests, and who are heard on tape.

    Cues tell so, or they speak beside a reporter and never right behind a host: a reporter's own questions are tape,
    but where nobody hosts.
    """
    called_guests = {
        key
        for key, part in cast.parts.items()
        if cast.roles[key] == part.speaker.role == "guest" and part.speaker.affiliation is not None
    }
    if not called_guests:
        return called_guests
    hosts = {key for key, role in cast.roles.items() if role == "host"}
    reporters = {key for key, role in cast.roles.items() if role == "reporter"}
    answering = {
        follower
        for (former, said), (follower, _) in cast.pairs
        if follower in called_guests
        and former != follower
        and (former in hosts or (not hosts and (asks(said) or speaks_to_one(said))))
    }
    neighbours = {
        key
        for (former, _), (follower, _) in cast.pairs
        for key, other in ((former, follower), (follower, former))
        if other in reporters
    }
    return {key for key in called_guests if cast.parts[key].is_taped or key in neighbours - answering}
