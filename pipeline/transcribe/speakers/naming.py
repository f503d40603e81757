"""Who speaks: a page's labels to people, by what the page itself says. A wrong name is worse than no name."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.transcribe.census import census_given
from pipeline.transcribe.evidence.introductions import greetings_by_name, self_introductions
from pipeline.transcribe.evidence.spoken_forms import is_full
from pipeline.transcribe.labels.label import Label
from pipeline.transcribe.labels.label_words import are_two
from pipeline.transcribe.names import Spellings, fold, proper_name
from pipeline.transcribe.script.passages import Passage
from pipeline.transcribe.speakers.hand_overs import hands_over_to
from pipeline.transcribe.speakers.labelled import LabelledPeople
from pipeline.transcribe.speakers.namesakes import OwnNames, is_anothers
from pipeline.transcribe.speakers.persons import Person, Words, folded_words
from pipeline.transcribe.speakers.speaker import CONFIDENCE, NOBODY, Speaker
from pipeline.transcribe.speakers.spoken_names import SpokenNames

_CLIP_OF = " CLIP, "
"""`ARCHIVE CLIP, Carl Sagan`."""
_NAME_WITHIN = 120
"""Characters in which a caller gives his name."""
_IDENT_WITHIN = 250
"""Characters in which a host opens a programme, behind one who announces it."""
_CARRIED = 0.9
"""Factor where a speaker goes on after a cue without a label of his own."""


class _Speakers:
    """The speakers of one page."""

    def __init__(
        self,
        passages: Sequence[Passage],
        spellings: Spellings,
        bylines: Sequence[str],
        is_surname: Callable[[str], bool],
    ) -> None:
        labels = [passage.label for passage in passages if passage.label and _CLIP_OF not in passage.label.printed]
        self._spellings = spellings
        self._people = LabelledPeople(labels, spellings, is_surname)
        self._spoken = SpokenNames(passages, spellings, bylines, self._people)
        self._own_names = OwnNames(passages, spellings, bylines)
        self._honorifics = {(label.tokens[-1], label.honorific) for label in labels if label.honorific is not None}
        self._known: dict[tuple[str, str | None, int], Speaker] = {}
        self._met: defaultdict[str, list[Words]] = defaultdict(list)
        """Full names heard so far, by surname."""

    def speaker(self, label: Label) -> Speaker:
        """Who a label means."""
        if not label.is_named:
            return self._host(label) if label.role == "host" else Speaker(None, label.role, label.affiliation)
        if _CLIP_OF in label.printed:  # on tape: nobody whom a surname or a first name means
            name = proper_name(label.tokens, self._spellings)
            return Speaker(name, label.role, None, "printed", CONFIDENCE["printed"])
        words = folded_words(label.tokens)
        if len(words) > 1 and words not in self._met[words[-1]]:
            self._met[words[-1]].append(words)
        key = (label.printed, label.honorific, len(self._met[words[-1]]))
        if key not in self._known:
            self._known[key] = self._resolve(label)
        return self._known[key]

    def _host(self, label: Label) -> Speaker:
        key = (label.printed, label.affiliation, 0)
        if key not in self._known:
            self._known[key] = self._spoken.host(label)
        return self._known[key]

    @staticmethod
    def caller(speaker: Speaker, text: str) -> Speaker:
        """A caller without a name in his label, by the full name that he gives: «Hi, my name is Ana Diaz.»."""
        first = text[:_NAME_WITHIN]
        names = (name for name, _ in (*self_introductions(first), *greetings_by_name(first)))
        said = {name for name in names if is_full(name) and _is_own(name, first)}
        if len(said) != 1:
            return speaker
        rule = "self_introduction"
        return replace(speaker, name=said.pop().replace("’", "'"), rule=rule, confidence=CONFIDENCE[rule])

    def of_namesakes(self, label: Label, speaker: Speaker, text: str) -> Speaker:
        """Which of two people with one surname speaks, where he says who he is: `KELLY: I'm Greg Kelly.`."""
        said = {name for name, _ in self_introductions(text[:_NAME_WITHIN]) if is_full(name)}
        person = self._people.find(said.pop()) if len(said) == 1 else None
        is_meant = person is not None and person.words[-1:] == folded_words(label.tokens)
        return self._people.as_speaker(person, "self_introduction", label) if person and is_meant else speaker

    def lead_speaker(self, text: str, *, is_lead: bool) -> Speaker:
        """Who speaks a passage without a label: only somebody who says in it who he is."""
        heard = self_introductions(text if is_lead else text[:_IDENT_WITHIN])
        first = text if is_lead else text[:_NAME_WITHIN]
        said = [(name, rule) for name, rule in heard if " " in name and (rule == "ident" or name in first)]
        if len({fold(name) for name, _ in said}) != 1:
            return NOBODY
        name, rule = said[0]
        known = self._people.find(name)
        role = known.role if known is not None else ("host" if rule == "ident" else None)
        return Speaker(name.replace("’", "'"), role, None, rule, CONFIDENCE[rule])

    def _resolve(self, label: Label) -> Speaker:
        for rule, candidates in self._people.meant(label, self._spoken.own_words(label)):
            if len({self._people.name(person) for person in candidates}) == 1:  # one whom a label misspells is the same
                if rule == "surname" and self._is_anothers(label, candidates[0]):
                    return Speaker(role=label.role)
                return self._people.as_speaker(candidates[0], rule, label)
            if candidates:
                met = [person for person in candidates if person.words in self._met[person.words[-1]]]
                is_first = rule == "surname" and len(met) == 1  # the namesake comes later
                return self._people.as_speaker(met[0], rule, label) if is_first else Speaker(role=label.role)
        # «Ruth and Dale Hale» give Mr. HALE and Ms. HALE one name; `Mr. Hale:` whom Ed Hale answers is his father.
        if self._people.is_answered(label) or any(
            surname == label.tokens[-1] and are_two(label.honorific, one) for surname, one in self._honorifics
        ):
            return Speaker(role=label.role)
        return self._spoken.speaker(label)

    def _is_anothers(self, label: Label, person: Person) -> bool:
        """Whether a bare surname may be that of a namesake whose full label is lost."""
        name = self._people.name(person)
        if name is None or label.honorific is not None or len(label.tokens) > 1:
            return False
        others = self._own_names.of_others(person.words[-1], person.tokens)
        return is_anothers(name, self._spoken.words_to_others(label, name), others)


def speakers_of(
    passages: Sequence[Passage],
    spellings: Spellings,
    bylines: Sequence[str],
    is_surname: Callable[[str], bool] = lambda _name: False,
) -> list[Speaker]:
    """The speaker of each passage, in order; an empty one for cues.

    `is_surname` says of several words whether they are known for a surname: `Vanek Smith`.
    """
    page = _Speakers(passages, spellings, bylines, is_surname)
    found: list[Speaker] = []
    former, said = NOBODY, ""
    for passage in passages:
        if passage.is_cue:
            found.append(NOBODY)
            continue
        if passage.label is None:
            speaker = _without_label(page, passage, former, said)
        else:
            speaker = page.speaker(passage.label)
            if speaker.name is None and speaker.role == "caller" and not passage.label.is_named:
                speaker = page.caller(speaker, passage.text)
            elif speaker.name is None and passage.label.is_named:
                speaker = page.of_namesakes(passage.label, speaker, passage.text)
            if passage.is_carried:
                speaker = _carried(speaker)
        found.append(speaker)
        # «And here's your host...» (APPLAUSE) «...It's Peter Sagal.»
        said = f"{said} {passage.text}" if passage.text.startswith(("...", "…")) else passage.text
        former = speaker if passage.label is None else NOBODY
    return found


def _without_label(page: _Speakers, passage: Passage, former: Speaker, said: str) -> Speaker:
    """Who speaks a passage without a label: who says so in it, or whom the words `said` before it call.

    Behind a cue it is `former`, who had no label either, where nothing says otherwise.
    """
    goes_on = passage.is_carried and not passage.is_lead
    speaker = page.lead_speaker(passage.text, is_lead=passage.is_lead or goes_on)
    speaker = speaker if speaker.name else _called_speaker(said)
    is_his = goes_on and former.name is not None and speaker.name in (None, former.name)
    return _carried(former) if is_his else speaker


def _carried(speaker: Speaker) -> Speaker:
    if speaker.confidence is None:
        return speaker
    return replace(speaker, confidence=round(speaker.confidence * _CARRIED, 3))


def _called_speaker(former: str) -> Speaker:
    """Who speaks where a label was lost: he whom the last words before it call («as NPR's Ana Diaz reports»)."""
    called = hands_over_to(former)
    if called is None:
        return NOBODY
    name, role = called
    return Speaker(name, role, None, "introduction", CONFIDENCE["hand_over"])


def _is_own(name: str, said: str) -> bool:
    """Whether words can give nothing but a caller's name: «I'm Southern Baptist», «This is Green Bay» are nobody's."""
    is_told = f"y name is {name}" in said or f"his is {name} from " in said
    return is_told or fold(name.split(maxsplit=1)[0]) in census_given()
