"""Speech without sense whose words are spread as a language's are: a few very often, most of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

_FUNCTION_WORDS = (
    "the to and of a that in i it is you so we for this was they with on have but be are not at what as he about "
    "people like there just she one or all if do from can know think had his my by who because how more when an your "
    "up out them would going were has now really her very here him some time well been which year new said their say "
    "get back right into our see go two us first way also could than over even then make last other no want those "
    "look thing come any most these where much only its did something state many lot day years percent president "
    "country good week city"
)
"""The commonest words of spoken English, the commonest first."""
_SYLLABLES = (
    "ba be bo da de dor fa fen ga gel har hin jo ka ker la len lo ma men mi na nor o pa per ra ri ros sa sen sil ta "
    "ten tor u va ven vi wa win yo zan"
)
_VOCABULARY = 40_000


@dataclass(frozen=True)
class Babble:
    """A language of its own: the same for the same seed."""

    seed: int = 7

    @cached_property
    def _words(self) -> list[str]:
        random = Random(self.seed)
        made = ("".join(random.choices(_SYLLABLES.split(), k=random.randint(2, 4))) for _ in range(_VOCABULARY))
        return [*_FUNCTION_WORDS.split(), *dict.fromkeys(made)]

    @cached_property
    def _weights(self) -> list[float]:
        # Zipf's law; function words come to a half of what is said, as in English.
        return list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))

    def sentence(self, random: Random) -> str:
        """A sentence of 5 to 24 words."""
        words = random.choices(self._words, cum_weights=self._weights, k=random.randint(5, 24))
        return f"{' '.join(words).capitalize()}{random.choice('....?')}"

    def sentences(self, random: Random, count: int) -> list[str]:
        return [self.sentence(random) for _ in range(count)]

    def name(self, random: Random) -> str:
        """A full name in proper case."""
        first, last = (
            "".join(random.choices(_SYLLABLES.split(), k=random.randint(2, 3))).capitalize() for _ in range(2)
        )
        return f"{first} {last}"

    def typo(self, word: str, random: Random) -> str:
        """The word with one letter wrong."""
        place = random.randrange(len(word))
        return f"{word[:place]}{random.choice('aeiourstln')}{word[place + 1 :]}"


def words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
