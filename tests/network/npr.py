"""www.npr.org and feeds.npr.org: transcript page, story page, programme archive, RSS feed, robots.txt.

The transcript page keeps the traps of the real one (2026 layout): the body's class says `no-transcript` although there
is one, canonical and `og:url` name the story and not this page, the headline carries `<span class="ltarrow">`,
paragraphs are parted by unclosed `<p><p>`, and `time.audio-module-duration` holds no valid duration.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime

from tests.network.document import (
    HTML,
    RSS,
    TEXT,
    Document,
    attribute,
    clock,
    day_in_words,
    minutes,
    script_json,
    text,
)
from tests.network.npr_chrome import MODULES, footer, head_scripts, header, share_tools, sidebar
from tests.network.story import EASTERN, Story, paragraphs

HOST = "www.npr.org"
FEED_HOST = "feeds.npr.org"
PROGRAMS = {
    "all-things-considered": ("All Things Considered", "atc"),
    "morning-edition": ("Morning Edition", "me"),
    "weekend-edition-saturday": ("Weekend Edition Saturday", "wesat"),
    "weekend-edition-sunday": ("Weekend Edition Sunday", "wesun"),
    "fresh-air": ("Fresh Air", "fa"),
}
CODES = dict(PROGRAMS.values())
FEED_MADE_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
"""The date of a feed without items."""
ROBOTS = """# A radio's robots.txt
User-agent: *
Disallow: /rundowns/
Disallow: /search/
Disallow: /templates/
Disallow: /player/embed/
Allow: /

Sitemap: https://www.npr.org/sitemap.xml
"""
COPYRIGHT = (
    "Copyright &copy; {year} NPR.  All rights reserved.  Visit our website "
    '<a href="https://www.npr.org/about-npr/179876898/terms-of-use">terms of use</a> and '
    '<a href="https://www.npr.org/about-npr/179881519/rights-and-permissions-information">permissions</a> pages at '
    '<a href="https://www.npr.org">www.npr.org</a> for further information.'
)
ACCURACY = (
    "\n        Accuracy and availability of NPR transcripts may vary. Transcript text may be revised to correct errors or "
    "match updates to audio. Audio on npr.org may be edited after its original broadcast or publication. The "
    "authoritative record of NPR’s programming is the audio record.\n    "
)


def story_url(story: Story) -> str:
    """Where the written summary stands; what canonical links name."""
    return f"https://{HOST}/{story.air_date:%Y/%m/%d}/{story.story_id}/{story.slug}"


def transcript_url(story: Story) -> str:
    """Where the transcript stands."""
    return f"https://{HOST}/transcripts/{story.story_id}"


def media_id(story: Story) -> str:
    """The id of the story's audio, which is another than the story's."""
    return f"nx-s1-{int(story.story_id.rsplit('-', 1)[1]) + 3_929_417}"


def audio_url(story: Story) -> str:
    """The segment's file, whose name holds date and programme code."""
    code = CODES[story.program]
    name = f"{story.air_date:%Y%m%d}_{code}_{story.slug.replace('-', '_')}.mp3"
    size = story.audio_seconds * 16_066
    return (
        f"https://ondemand.npr.org/anon.npr-mp3/npr/{code}/{story.air_date:%Y/%m}/{name}"
        f"?t=progseg&e={story.story_id}&p=2&seg=6&d={story.audio_seconds}&size={size}&sc=siteplayer"
    )


def _audio_module(story: Story) -> str:
    data = {
        "uid": f"{story.story_id}:{media_id(story)}", "available": True, "duration": story.audio_seconds,
        "title": story.segment, "audioUrl": audio_url(story), "storyUrl": story_url(story), "slug": story.section,
        "program": story.program, "affiliation": "", "song": "", "artist": "", "album": "", "track": 0,
        "type": "segment", "subtype": "other", "skipSponsorship": False, "hasAdsWizz": False, "isStreamAudioType": False,
    }  # fmt: skip
    played = minutes(story.audio_seconds)
    return f"""<article id="res{media_id(story)}" class="bucketwrap resaudio" aria-label="audio-module"><div class="audio-module">
      <h4 class="audio-module-title">{text(story.segment)}</h4>
   <div class="audio-module-controls-wrap" data-audio='{script_json(data)}' data-audio-metrics='[]'>
        <div class="audio-module-controls audio-module-controls--no-js">
            <a class="audio-module-listen" href="{attribute(audio_url(story))}&amp;aw_0_1st.playerid=siteplayer">
                <b class="audio-module-listen-inner">
                    <b class="audio-module-listen-icon icn-play"></b>
                    <b class="audio-module-listen-text">
                        <b class="audio-module-cta">

                            Listen
                        </b>
                        <b class="audio-module-listen-duration">
                            <span>&middot; </span>
                            <span>{played}</span>
                        </b>
                    </b>
                </b>
            </a>
                <time class="audio-module-duration" datetime="P{story.audio_seconds // 60}M,{story.audio_seconds % 60}S">
                  <span class="audio-module-duration__initial-value">{played}</span>
                </time>
        </div>
</div>
{_audio_tools(story)}
</div>
</article>"""


def _audio_tools(story: Story) -> str:
    embed = f"https://{HOST}/player/embed/{story.story_id}/{media_id(story)}"
    iframe = f'<iframe src="{embed}" width="100%" height="290" frameborder="0" scrolling="no" title="NPR embedded audio player"></iframe>'
    return f"""    <div class="audio-module-tools">
        <button class="audio-module-tools-toggle"><b class="icn-toggle"></b><b class="label">Toggle more options</b></button>
        <ul class="audio-module-more-tools">
                <li class="audio-tool audio-tool-download"><a href="{attribute(audio_url(story))}"><b class="icn-download"></b><b class="audio-tool-label">Download</b></a>
                </li>
                <li class="audio-tool audio-tool-embed" >
                    <button data-embed-url="{embed}"><b class="button-inner"><b class="icn-embed"></b><b
                            class="audio-tool-label">Embed</b></b></button>
                    <div class="audio-embed-overlay">
                        <label class="embed-label"><b class="label">Embed</b>
                            <input class="embed-url embed-url-no-touch" readonly
                                   value="{iframe.replace('"', "&quot;")}">
                        </label>
                        <b class="embed-url embed-url-touch"><code><b class="punctuation">&lt;</b>{text(iframe[1:])}</code></b>
                    </div>
                </li>
                <li class="audio-tool audio-tool-transcript">
                  <a href="{transcript_url(story)}"><b class="icn-transcript"></b><b class="audio-tool-label">Transcript</b></a>
                </li>
        </ul>
    </div>"""


def _head(story: Story) -> str:
    published = story.published_at.isoformat()
    article = {
        "@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "NPR"}, "headline": story.headline,
        "mainEntityOfPage": {"@type": "WebPage", "@id": story_url(story)}, "datePublished": published,
        "dateModified": published, "author": {"@type": "Person", "name": list(story.bylines)},
        "description": story.teaser, "@context": "http://schema.org",
    }  # fmt: skip
    return f"""<!doctype html><html class="no-js" lang="en"><head>{head_scripts()}
<title>{text(story.headline)} : NPR</title><meta charset="utf-8" /><meta name="robots" content="noarchive,index,follow,max-image-preview:large" /><meta name="viewport" content="width=device-width, initial-scale=1, shrink-to-fit=no" /><meta name="npr-pjax" /><meta name="date" content="{story.air_date}" /><link rel="canonical" href="{story_url(story)}" /><meta name="description" content="{attribute(story.teaser)}" /><link rel="alternate" type="application/rss+xml" title="{attribute(story.section)}" href="https://feeds.npr.org/1001/rss.xml" /><meta name="cXenseParse:pageclass" content="article" /><meta name="cXenseParse:publishtime" content="{published}" /><meta name="cXenseParse:author" content="{attribute(", ".join(story.bylines))}" /><meta property="og:title" content="{attribute(story.headline)}" /><meta property="og:url" content="{story_url(story)}" /><meta property="og:type" content="article" /><meta property="og:description" content="{attribute(story.teaser)}" /><meta property="og:site_name" content="NPR" /><meta name="twitter:card" content="summary_large_image" /><meta name="twitter:domain" content="npr.org" /><script type="application/ld+json">
   {script_json(article)}
</script>
</head>"""


def _dateblock(story: Story) -> str:
    return f"""<div id="story-meta" class="story-meta">
      <div class="story-meta__one">
            <div class="dateblock">
    <time datetime="{story.published_at.isoformat()}">
            <span class="date">{day_in_words(story.air_date)}</span><span class="time">{clock(story.published_at)} ET</span>
    </time>
</div>
   </div>
</div>"""


def _frame(story: Story, body_class: str, article: str) -> bytes:
    page = f"""{_head(story)}<body id="news" class="news tmplNewsStory  story-layout is-buildout {body_class}   id{story.story_id}  " data-pjax-modules="{MODULES}">{header()}<main aria-label="main content"><div class="speakable">
      <b data-is-speakable>{text(story.headline)}</b>   <b data-is-speakable>{text(story.teaser)}</b>
</div>
<div id="wrapper">
      <header class="contentheader contentheader--one"></header>   <section id="main-section"><article class="story"><a id="mainContent"></a>{article}
{share_tools(story.story_id)}
</article>{footer()}
</section>   {sidebar(story.story_id)}
</div>
</main></body></html>"""
    return page.encode()


def _spoken(story: Story) -> str:
    """The transcript, its paragraphs parted by unclosed `<p><p>`; a host's label stands alone in one."""
    printed = "<p><p>"
    for paragraph in paragraphs(story.lines):
        printed += (
            f"{text(paragraph.printed)} <p><p> " if paragraph.text is None else f"{text(paragraph.printed)}<p><p>"
        )
    if story.correction:
        printed += f"{text(story.correction)}<p><p>"
    return f"{printed.removesuffix('<p><p>')}<p></p>"


def transcript_page(story: Story, modified_at: datetime, *, is_empty: bool = False) -> Document:
    """`/transcripts/ID`; with `is_empty`, as it stands before the transcript has come."""
    body = "" if is_empty else _spoken(story)
    disclaimers = "".join(
        f'\n\n    <p class="disclaimer">{words.format(year=story.air_date.year)}</p>' for words in (COPYRIGHT, ACCURACY)
    )
    article = f"""<div class="storytitle">
      <h1 class="transcript"><a href="{story_url(story)}"><span class="ltarrow">< </span>{text(story.headline)}</a></h1>
   <input type="hidden" id="title{story.story_id}" value="{attribute(story.headline)}" />
   <input type="hidden" id="modelFullUrl{story.story_id}" value="{story_url(story)}" />
</div>

<!-- END CLASS="STORYTITLE" -->
{_dateblock(story)}
<div id="headlineaudio" class="storylocation linkLocation">
      {_audio_module(story)}
</div>
<div class="transcript storytext" aria-label="Transcript">
    <b class="icn-story-transcript-wrap">
        <b class="icn-story-transcript"></b>
    </b>

    {body}{disclaimers}
</div>"""
    return Document(_frame(story, "no-transcript", article), HTML, modified_at)


def story_page(story: Story) -> Document:
    """The dated URL: headline, byline, audio, a written summary, a link to the transcript; no transcript."""
    names = "\n".join(
        f'<p class="byline__name byline__name--block"><a href="/people/{name.lower().replace(" ", "-")}" rel="author">{text(name)}</a></p>'
        for name in story.bylines
    )
    article = f"""<div class="slug-wrap"><h3 class="slug"><a href="/sections/{story.section.lower().replace(" ", "-")}/">{text(story.section)}</a></h3></div>
<div class="storytitle"><h1>{text(story.headline)}</h1></div>
{_dateblock(story)}
<div id="storybyline" class="storylocation linkLocation"><div class="bucketwrap byline" aria-label="Byline"><div class="byline__name">{names}</div></div></div>
<div id="primaryaudio" class="storylocation linkLocation">{_audio_module(story)}</div>
<div id="storytext" class="storytext storylocation linkLocation"><p>{text(story.teaser)}</p>
<p>Heard on {text(story.program)}: {text(story.segment)}.</p></div>"""
    return Document(_frame(story, "has-audio", article), HTML, story.published_at)


def archive_page(slug: str, day: date, stories: Sequence[Story]) -> Document:
    """`/programs/SLUG/archive?date=M-D-YYYY`: the stories of one programme on one day, first one first."""
    name, _ = PROGRAMS[slug]
    items = "\n".join(
        f"""<article class="item has-audio" id="id{story.story_id}">
    <div class="item-info-wrap">
        <div class="item-info">
                <div class="slug-wrap"><h3 class="slug"><a href="https://{HOST}/sections/{story.section.lower().replace(" ", "-")}/">{text(story.section)}</a></h3></div>

            <h2 class="title"><a href="{story_url(story)}" data-metrics="{{&quot;action&quot;:&quot;Click Story Title&quot;}}">{text(story.headline)}</a></h2>

            <p class="teaser"><a href="{story_url(story)}"><time datetime="{story.air_date}"><span class="date">{day_in_words(story.air_date)} • </span></time>{text(story.teaser)}</a></p>
        </div>
        {_audio_module(story)}
    </div>
</article>"""
        for story in stories
    )
    modified_at = max(
        (story.published_at for story in stories), default=datetime.combine(day, datetime.min.time(), EASTERN)
    )
    page = f"""<!doctype html><html class="no-js" lang="en"><head>{head_scripts()}
<title>{name} for {day_in_words(day)} : NPR</title><meta charset="utf-8" /><link rel="canonical" href="https://{HOST}/programs/{slug}/archive" /></head>
<body id="programs" class="programs tmplProgramArchive" data-pjax-modules="{MODULES}">{header()}<main aria-label="main content">
<div id="wrapper"><header class="contentheader"><h1 class="program-title"><a href="https://{HOST}/programs/{slug}/">{name}</a></h1></header>
<section id="main-section"><section id="program-archive" class="archivelist">
<h2 class="list-heading">{day_in_words(day)}</h2>
<div id="infinitescroll" class="list-overflow">
{items or '<p class="no-results">No stories for this date.</p>'}
</div>
<div class="date-nav"><a href="https://{HOST}/programs/{slug}/archive">Browse the archive</a></div>
</section>{footer()}</section>{sidebar("0")}</div></main></body></html>"""
    return Document(page.encode(), HTML, modified_at)


def news_feed(items: Sequence[tuple[str, str, str, datetime, Sequence[str]]]) -> Document:
    """feeds.npr.org/1001/rss.xml: (title, description, link, published, authors), newest first."""
    newest = max((published for *_, published, _ in items), default=FEED_MADE_AT)
    entries = "\n".join(
        f"""    <item>
      <title>{text(title)}</title>
      <description>{text(description)}</description>
      <pubDate>{format_datetime(published)}</pubDate>
      <link>{link}</link>
      <guid>{link}</guid>
      <content:encoded><![CDATA[<p>{text(description)}</p><img src='https://media.npr.org/include/images/tracking/npr-rss-pixel.png' />]]></content:encoded>
{"".join(f"      <dc:creator>{text(author)}</dc:creator>" for author in authors)}
    </item>"""
        for title, description, link, published, authors in items
    )
    feed = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:npr="https://www.npr.org/rss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>News : NPR</title>
    <link>https://www.npr.org/templates/story/story.php?storyId=1001</link>
    <description>NPR news, audio, and podcasts.</description>
    <language>en</language>
    <copyright>Copyright {newest.year} NPR - For Personal Use Only</copyright>
    <generator>NPR API RSS Generator 0.94</generator>
    <lastBuildDate>{format_datetime(newest)}</lastBuildDate>
{entries}
  </channel>
</rss>
"""
    return Document(feed.encode(), RSS, newest)


def robots() -> Document:
    """/robots.txt of both hosts."""
    return Document(ROBOTS.encode(), TEXT, datetime(2025, 11, 3, 15, 0, tzinfo=UTC))
