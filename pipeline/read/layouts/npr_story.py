"""Written stories of npr.org, and its listings: seldom a transcript, and refused by name.

History: 2010 XHTML (`p.datestamp`, `p.byline span`, `a.trans` to the transcript), 2016 to 2023 `.storytitle h1`,
`.byline[aria-label=Byline]`, `li.audio-tool-transcript a`. Both hold the story in `#storytext`. The player of a written
story may be another story's, and so may the transcript that it links to: ids tell (2016-12-15, a news blog).
"""

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.npr_facts import audio_of, authors_of, seconds_of, text_of
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.own_story import own_article
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page, PrintedByline

NAME = "npr_story"
_BODY = "#storytext"
_TITLE = ".storytitle h1"
_BYLINE = ".byline__name, p.byline span"
_NOISE = (
    ".bucketwrap, .caption, .credit-caption, .enlarge_html, .enlarge_measure, .hide-caption, .toggle-caption,"
    " .resaudio, .storytools, .disclaimer-link"
)
_TRANSCRIPT_LINK = 'a[href*="/transcripts/"], a[href*="/templates/transcript/"]'
_ITEM = "article.item"
_TIME = ".dateblock time"
_PENDING = "Audio will be available later today"


def matches(page: Html) -> bool:
    """Pages of npr.org, and copies of its stories by their container."""
    if page.is_at("npr.org") and not page.is_at("text.npr.org"):
        return True
    return page.first(_TITLE) is not None and page.first(_BODY) is not None


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its story."""
    canonical = page.canonical_url
    npr_id = npr_id_of(page.url) or npr_id_of(canonical)
    body = page.first(_BODY)
    texts = page.spoken(body, _NOISE) if body is not None else []
    audio = audio_of(page, npr_id)
    times = [node.attributes.get("datetime") for node in page.tree.css(_TIME)]
    names = [text for node in page.tree.css(_BYLINE) if (text := squeeze(node.text()))]
    is_pending = page.mentions(_PENDING)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=canonical,
        title=page.text_of(_TITLE) or page.meta.get("og:title") or page.text_of("h1"),
        blocks=tuple(Block(text) for text in texts),
        npr_id=npr_id,
        segment_title=text_of(audio.get("title")),
        teaser=page.meta.get("description") or page.meta.get("og:description"),
        program=text_of(audio.get("program")),
        published_at=instant(times[-1] if times else None, EASTERN) or instant(page.meta.get("date"), EASTERN),
        updated_at=instant(times[0], EASTERN) if len(times) > 1 else None,
        audio_url=text_of(audio.get("audioUrl")),
        audio_seconds=seconds_of(audio.get("duration")),
        language=page.language,
        bylines=tuple(PrintedByline(name) for name in names or authors_of(own_article(page, "NewsArticle", "Article"))),
        expects_transcript=is_pending,
        otherwise="its audio is announced for later today" if is_pending else _what_it_is(page, npr_id, bool(texts)),
    )


def _what_it_is(page: Html, npr_id: str | None, has_story: bool) -> str:  # noqa: FBT001  # one private caller
    """The page's kind, and where its transcript is: a link to another story's transcript is not its own."""
    items = len(page.tree.css(_ITEM))
    if items > 1 and not has_story:
        return f"a listing of {items} stories"
    kind = "a written story" if has_story else "a page without a story"
    links = [
        address for node in page.tree.css(_TRANSCRIPT_LINK) if (address := page.absolute(node.attributes["href"] or ""))
    ]
    own = next((link for link in links if npr_id is None or npr_id_of(link) == npr_id), None)
    if own is not None:
        return f"{kind}: its transcript is at {own}"
    return f"{kind}: the transcript it links to is another story's ({links[0]})" if links else kind
