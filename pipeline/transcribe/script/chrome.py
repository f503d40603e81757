"""Lines that stand on a transcript page but were never said: players, plugs, links, credits of photographs.

Every pattern was met on a page; the years say when.
"""

import re

from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.script.pictures import is_of_picture

# The live player and furniture of Grove stations, and the story tools of npr.org, as a page's text keeps them.
_LINES = frozenset((
    "play live radio", "next up:", "next up", "available on air stations", "on air", "now playing", "watch live",
    "listen live", "listen", "donate", "support today", "sponsor message", "become an npr sponsor", "advertisement",
    "facebook", "twitter", "flipboard", "email", "linkedin", "print", "tweet", "share", "download", "embed",
    "playlist", "transcript", "toggle more options", "npr logo", "npr", "hide caption", "toggle caption",
    "enlarge this image", "skip to main content", "accessibility links", "npr shop",
    "keyboard shortcuts for audio player", "newsletters", "local newscast", "close", "copy", "html embed:", "·",
    "skip advertisement", "back to top »", "back to top", "-30-", "[the end]", "the end", "###", "text of interview",
    "read the full transcript", "listen now", "comments", "search the site", "skip to content", "menu", "logo",
    "talk to us", "picture", "• picture", "full show", "view the page for this story", "show credits and funders",
    "show transcript", "interview ends", "media options", "quick viewing(text mode)", "discussion (0)",
    "share this:", "like this:",
))  # fmt: skip
_RULES = "*~_=•·–—-"
_FEWEST_SIGNS = 3
_LONGEST_LINE = 200
"""Characters: only a plug is longer."""
_LINE_PATTERNS = re.compile(
    r"^(?:0:00(?: 0:00)*|\d{1,2}:\d{2}(?::\d{2})?|Listen\s*[·•*]?\s*\d{1,2}:\d{2}.*"
    r"|\"?>?\s*<\s*/?iframe.*|[•*]\s+(?:Playlist|Download|Embed|Transcript|<iframe).*"
    r"|.{1,80}\(follow us on Google News\)"
    r"|#\d\d:\d\d:\d\d\.\d\d#|(?-i:Act (?:One|Two|Three|Four|Five|Six|Seven|\d{1,2})(?:[.:] .{0,90})?)"
    r"|(?-i:(?:Prologue|Epilogue)(?:: .{0,90})?)"
    r"|(?-i:Part \d{1,2}: .{0,90})|Hear the latest from .*|© ?\d{4} .{2,80}|(?-i:Heard on [A-Z].*)|See stories by .*"
    r"|(?-i:RELATED|Related|READ MORE|Read more|MORE|WATCH|LISTEN)(?-i: [A-Z]+)?:.*|(?-i:[A-Z]\w* )?Loading\.\.\."
    r"|(?-i:(?:Read|Watch|Listen|See also|Previously|Photos|Video|In case you missed it"
    r"|More(?: (?:on|about|from) [^:.?!]{2,60})?): [\"“‘']?[A-Z])[^.!]{2,150}(?<![.!?,;:…\-–—'\"”])"
    r"|(?-i:(?:Read|Listen to|Watch|Hear|See|View|Find) (?:the|our|this|her|his) (?:full|entire|complete|original))"
    r" (?:story|interview|conversation|transcript|article|report|episode|debate|series|list|video)\b.{0,40}"
    r"|Click to .{3,60} \(Opens in new window\)"
    r"|(?-i:Sign up) (?:for|to) [^:.]{0,60}\bnewsletters?(?: here)?\.?"
    r"|(?-i:Tags|Categories|Topics|Filed under|Filed Under): .*|\d{1,2}:\d{2} (?-i:[AP]M)(?: [A-Z]{2,4})?"
    r"|\(?(?:Story|Article) continues (?:below|after .{2,30})\.?\)?"
    r"|(?-i:Read more ?[>»›]|Credit (?:NPR|AP|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?: ?/ ?.{2,40})?))"
    # Photographs' credits, as WNYC prints them: `( Carolyn Kaster / Associated Press )`.
    r"|\( (?!(?i:laugh|applau|cheer|music|sound|sing|crosstalk))[^()]{3,80} \)"
    # Markdown: a heading; a link that is all of a list's item.
    r"|#{2,6} .{1,120}"
    r"|[-*] \[[^\[\]]{1,150}\]\([^()\s]{1,150}\))$",
    re.IGNORECASE,
)
_LINE_MARKS = frozenset('0123456789"><•*#©(-')
_LINE_BEGINS = frozenset((
    "ac", "ar", "ca", "cl", "cr", "ep", "fi", "he", "in", "li", "mo", "pa", "ph", "pr", "re", "se", "si", "st", "ta",
    "to", "vi", "wa",
))  # fmt: skip
_LINE_ENDS = ("(follow us on google news)", "loading...")
"""How the above begin or end: a quick look that spares most lines the pattern."""
_PLUGS = (
    "sponsor-free feed", "sponsor-free listening", "our support helps make our show possible",
    "Support for NPR and the following message",
)  # fmt: skip

# Below Marketplace's stories, 2017 on.
_APPEALS = (
    "There’s a lot happening in the world. ", "There's a lot happening in the world. ",
    "You rely on Marketplace to break down",
    "Your donation today powers the independent journalism",
)  # fmt: skip


def is_chrome(line: str) -> bool:
    """True for a line of the page's furniture, which is in no turn wherever it stands."""
    if len(line) <= _LONGEST_LINE:
        folded = line.casefold()
        may_fit = folded[:2] in _LINE_BEGINS or folded[:1] in _LINE_MARKS or folded.endswith(_LINE_ENDS)
        if folded in _LINES or (may_fit and _LINE_PATTERNS.match(line) is not None):
            return True
    if line.startswith(_APPEALS):
        return True
    if is_of_picture(line):
        return True
    # A host who says it behind his label is heard, and his label is needed for what follows.
    is_plug = ("upport" in line or "sponsor" in line) and any(plug in line for plug in _PLUGS)
    return is_plug and find_label(line) is None


def is_rule(text: str) -> bool:
    """Whether a line is `* * *`: the scene changes, and so may the speaker.

    By no pattern: one that may give back what it found keeps 120 bytes a sign, 550 MB of the longest page.
    """
    return text[:1] in _RULES and not text.strip(f"{_RULES} ") and len(text.replace(" ", "")) >= _FEWEST_SIGNS
