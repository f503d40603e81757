"""A story on a member station's site (Grove, by Brightspot), in the shapes its themes print.

A syndicated copy ends in "Transcript provided by NPR, Copyright NPR." glued to its last sentence. A written article
and a transcript are parted by an empty paragraph. Of the page's times, the bare `<meta content="...Z">` and the
printed one are right, `article:published_time` is UTC without saying so, and the dataLayer's is Eastern with a false Z.
"""

import json
from datetime import UTC, datetime
from hashlib import md5

from tests.network.document import HTML, Document, attribute, clock, day_in_words, minutes, text
from tests.network.grove_chrome import advertisement, aside, below, header, picture, styles
from tests.network.npr import CODES
from tests.network.stations import StationPage
from tests.network.story import EASTERN, paragraphs, slug_of

FOOTER = " Transcript provided by NPR, Copyright NPR."


def _content_id(page: StationPage) -> str:
    digest = md5(page.url.encode(), usedforsecurity=False).hexdigest()
    return f"0000019c-{digest[:4]}-{digest[4:8]}-{digest[8:12]}-{digest[12:24]}"


def _article_data(page: StationPage) -> str:
    """JSON-LD, which only the older theme prints; its times are as wrong as the dataLayer's."""
    if page.station.theme != "ArticlePage":
        return ""
    moment = _false_utc(page.published_at)
    authors = [{"@context": "http://schema.org", "@type": "Person", "name": author.name} for author in page.authors]
    facts = {
        "@context": "http://schema.org", "@type": "NewsArticle", "author": authors, "dateModified": moment,
        "datePublished": moment, "headline": page.headline, "mainEntityOfPage": {"@type": "NewsArticle", "@id": page.url},
        "publisher": {"@type": "Organization", "name": page.station.name},
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def _false_utc(moment: datetime) -> str:
    return f"{moment.astimezone(EASTERN):%Y-%m-%dT%H:%M:%SZ}"


def _data_layer(page: StationPage) -> str:
    facts = {
        "audioDuration": page.audio_seconds or 0, "author": ", ".join(author.name for author in page.authors),
        "bspStoryId": _content_id(page), "category": page.section.title(), "inlineAudio": 1 if page.audio_seconds else 0,
        "keywords": ",".join(page.tags), "nprCmsSite": True, "nprStoryId": page.npr_id or "", "pageType": "news-story",
        "program": page.program, "publishedDate": _false_utc(page.published_at),
        "siteName": page.station.name, "source": "NPR" if page.npr_id else page.station.call_sign,
        "station": page.station.call_sign, "stationOrgId": "0", "storyOrgId": "s1" if page.npr_id else "0",
        "storyTheme": "news-story", "storyTitle": page.headline, "timezone": page.station.timezone.key, "wordCount": 0,
        "series": "", "locale": "en-us",
    }  # fmt: skip
    return attribute(json.dumps(facts, indent=2, separators=(",", " : "), ensure_ascii=False))


def _head(page: StationPage) -> str:
    utc = f"{page.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    tags = "\n".join(f'    <meta property="article:tag" content="{attribute(tag)}">' for tag in page.tags)
    return f"""<!DOCTYPE html>
<html class="{page.station.theme} aside" lang="en">
    <head>
    <meta charset="UTF-8">
    {styles()}
    <meta name="twitter:card" content="summary_large_image"/>
    <meta name="twitter:title" content="{attribute(page.headline)}"/>
    <meta property="og:title" content="{attribute(page.headline)}">
    <meta property="og:url" content="{page.url}">
    <meta property="og:description" content="{attribute(page.teaser)}">
    <meta property="og:site_name" content="{attribute(page.station.name)}">
    <meta property="og:type" content="article">
    <meta property="article:published_time" content="{utc}">
    <meta property="article:modified_time" content="{utc}">
    <meta property="article:section" content="{attribute(page.section.title())}">
{tags}
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>{text(page.headline)} | {text(page.station.name)}</title><meta name="description" content="{attribute(page.teaser)}"><link rel="canonical" href="{page.url}"><meta name="brightspot.contentId" content="{_content_id(page)}">
    <meta name="brightspot-dataLayer" content="{_data_layer(page)}">
    {_article_data(page)}
</head>"""


def _authors(page: StationPage, theme: str) -> str:
    return "\n".join(
        f"""<div class="{theme}-authorName"><span class="{theme}-authorBy">

                    By

                <a href="https://{page.station.host}/people/{slug_of(author.name)}" class="Link" aria-label="{attribute(author.name)}" data-cms-ai="0">{text(author.name)}</a>{f" / {text(author.title)}" if author.title else ""}
            </span></div>"""
        for author in page.authors
    )


def _audio(page: StationPage) -> str:
    """The story's player; its `data-stream-program-name` is the story's title, not a programme (KPBS, 2019)."""
    if page.audio_seconds is None:
        return ""
    length = minutes(page.audio_seconds)
    code = CODES.get(page.program, "local")
    file = f"{page.published_at:%Y%m%d}_{code}_{slug_of(page.headline).replace('-', '_')}.mp3"
    return f"""<div class="{page.station.theme}-audioPlayer"><ps-stream data-stream-name="{attribute(page.program or page.station.name)}" data-stream-program-name="{attribute(page.headline)}" data-stream-duration="{length}" on-demand small>
    <ps-stream-url data-stream-format="audio/mpeg" data-stream-url="https://ondemand.npr.org/anon.npr-mp3/npr/{code}/{page.published_at:%Y/%m}/{file}"></ps-stream-url>
    <button class="StreamPill"><span class="StreamPill-text"><span class="StreamPill-duration">
                    Listen <span class="StreamPill-textDivider">&bull;</span> {length}
                </span></span></button>
</ps-stream></div>"""


def _lead(page: StationPage) -> str:
    """The picture above the story, whose caption may repeat the teaser."""
    return f"""<div class="{page.station.theme}-lead"><figure class="Figure">{picture(page.station, slug_of(page.headline), 880, page.teaser)}
<div class="Figure-content"><div class="Figure-credit-container"><div class="Figure-credit">{"NPR" if page.npr_id else text(page.station.name)}</div></div><figcaption class="Figure-caption">{text(page.teaser)}</figcaption></div></figure></div>"""


def _enhancements(page: StationPage) -> list[str]:
    noise = [f'<div class="Enhancement" data-align-center>{advertisement(page.station, "ad_injection")}</div>']
    if page.caption:
        caption, _, credit = page.caption.partition(" / ")
        noise.append(
            f'<div class="Enhancement" data-align-center><figure class="Figure">{picture(page.station, slug_of(caption), 880, caption)}'
            f'<div class="Figure-content"><div class="Figure-credit-container"><div class="Figure-credit">{text(credit)}</div></div>'
            f'<figcaption class="Figure-caption">{text(caption)}</figcaption></div></figure></div>'
        )
    return noise


def _body(page: StationPage) -> str:
    """The story's paragraphs; the advertisement and the picture stand among them, after the third."""
    printed = [f"<p>{text(paragraph)} </p>" for paragraph in page.article]
    if page.article and page.lines:
        printed.append("<p> </p>")
    spoken = [paragraph.printed for paragraph in paragraphs(page.lines)]
    if page.npr_id:
        spoken[-1] += FOOTER
    printed += [f"<p>{text(paragraph)}</p>" for paragraph in (*spoken, page.closing) if paragraph]
    return "".join(printed[:3] + _enhancements(page) + printed[3:])


def _bios(page: StationPage, theme: str) -> str:
    return "\n".join(
        f"""<div class="{theme}-bottomByline"><div class="{theme}-authorInfo"><div class="{theme}-authorInfo-bio">
    <div class="{theme}-authorInfo-bio-name"><a href="https://{page.station.host}/people/{slug_of(author.name)}" data-cms-ai="0">{text(author.name)}</a></div>
    <div class="{theme}-authorInfo-bio-content">
                    {text(author.bio)}
            </div>
    <div class="{theme}-authorInfo-bio-cta"><a href="https://{page.station.host}/people/{slug_of(author.name)}" data-cms-ai="0">
                        See stories by {text(author.name)}
                    </a></div>
</div></div></div>"""
        for author in page.authors
        if author.bio
    )


def _printed_time(moment: datetime) -> str:
    return f"Published&nbsp;{day_in_words(moment.date())} at {clock(moment)} {moment:%Z}"


def story_page(page: StationPage) -> Document:
    """The whole page."""
    theme = page.station.theme
    tags = "".join(
        f'<a href="https://{page.station.host}/tags/{slug_of(tag)}" class="Link" data-cms-ai="0">{text(tag)}</a>'
        for tag in page.tags
    )
    html = f"""{_head(page)}
<body class="Page-body">
{header(page.station)}
<div class="{theme}-content"><div class="{theme}-wrapper"><main class="{theme}-main"><div class="{theme}-main-content">
<article class="{theme}-mainContent">
    <div class="{theme}-breadcrumbs"><a class="Link" href="https://{page.station.host}/{page.section}">{text(page.section.title())}</a></div>
    <h1 class="{theme}-headline">
        {text(page.headline)}
    </h1>
    <div class="{theme}-contentInfo"><div class="{theme}-byline"><div class="{theme}-byline-content">
        <div class="{theme}-authors">{_authors(page, theme)}</div>
        <div class="{theme}-timestamp"><div class="{theme}-datePublished">
        {_printed_time(page.published_at)}
    </div>
    <meta content="{page.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">
        </div></div></div>
        <div class="{theme}-actions"><ps-actionbar class="ActionBar"><ul class="ActionBar-items">
            <li class="ActionBar-items-item"><a class="ActionLink gtm_share" href="https://www.facebook.com/sharer.php"><span>Facebook</span></a></li>
            <li class="ActionBar-items-item"><a class="ActionLink gtm_share" href="mailto:"><span>Email</span></a></li></ul></ps-actionbar></div>
    </div>
    {_lead(page)}
    {_audio(page)}
    <div class="{theme}-articleContainer"><div class="{theme}-articleBody">{_body(page)}</div></div>
</article>
<div class="{theme}-tags"><h2 class="{theme}-tags-heading">Tags</h2><div class="{theme}-tags-list">{tags}</div></div>
{_bios(page, theme)}
</div></main>
<aside class="{theme}-aside"><aside class="{theme}-aside-content">{aside(page.station)}</aside></aside>
</div></div>
{below(page.station)}
</body></html>
"""
    return Document(html.encode(), HTML, page.modified_at)
