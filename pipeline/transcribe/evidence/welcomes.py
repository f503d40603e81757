"""What hosts say of those who are about to speak, and to those who have spoken."""

import re
from collections.abc import Iterable, Iterator

from pipeline.transcribe.sought import Sought

_WELCOMES = Sought(
    r"\b(?:joins? (?:us|me)|[Jj]oined (?:now |today )?by|[Jj]oining (?:us|me)|(?:is|are) (?:here )?with (?:us|me)"
    r"|[Ww]ith (?:us|me) (?:now|today|is|are)|I['’]m here with"
    r"|(?:[A-Z][\w'’-]{0,30},? is|[A-Z]\w{0,30}['’]s) on the line"
    r"|[Oo]n the line (?:from|here|is|now|with)|in (?:our|the) studio|(?:our|[Mm]y) guest|contestants?\b"
    r"|ready (?:for our|to play)|(?:(?:is|are|['’]s|['’]re) h|H)ere to (?:discuss|explain|talk|tell us)"
    r"|(?:speak|talk|spoke|talked) (?:now |(?:it|this) (?:over|through) )?(?:with|to)"
    r"|turn(?:ing)? (?:now )?to|[Ww]elcome(?: back)?\b(?! to (?!the (?:program|show)|our))"
    r"|(?:[Tt]hank you|[Tt]hanks)(?: (?:so|very) much)?(?: again)? for (?:joining|being|talking|speaking|coming|taking"
    r"|your time|this|sharing))\b",
    "join|Joi|ith us|ith me|n the line| studio| guest|here with|contestant|ready |ere to |speak|spoke"
    "|talk|turn|elcome|hank",
)
WELCOME_AROUND = 160
"""Characters on both sides of a welcome in which the name of who is welcomed stands."""
# Behind these stand the names of those who will be heard.
_PRESENTS = Sought(
    r"\b(?:[Ww]e(?:(?:'re|’re| are)? (?:also |now )?(?:have|playing (?:this week |today )?with)|(?:'ve|’ve) got"
    r"| (?:go now|now go) to|(?:['’]ve)? (?:called up|reached))"
    r"|[Ss]ay hello to|(?:Our|[Mm]y) guests?"
    r"|[Gg]ive it up for|[Ll]et(?:'s|’s) (?:meet|bring (?:in|out|back|on)|hear it for)|[Tt]oday(?:'s|’s) guests?"
    r"|(?:[Tt]his week|[Tt]oday|[Ll]ater|[Cc]oming up) on (?:the|our) (?:show|program))\b",
    "e have|also have|now have|playing |ve got|go now to|now go to|called up| reached|hello to|ur guest|y guest"
    "|it up for|et's |et’s |oday's guest|oday’s guest|on the show|on our show|on the program|on our program",
)
SENTENCE_END = re.compile(r"[.?!](?= [A-Z]|$)")


def welcomes(texts: Iterable[str]) -> Iterator[str]:
    """What the hosts say around a welcome or thanks."""
    for text in texts:
        for found in _WELCOMES.finditer(text):
            yield text[max(0, found.start() - WELCOME_AROUND) : found.end() + WELCOME_AROUND]
        for found in _PRESENTS.finditer(text):
            end = SENTENCE_END.search(text, found.end())
            yield text[found.end() : end.start() if end is not None else None]
