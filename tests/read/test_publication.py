"""When and by whom pages of any system say that they were published."""

from datetime import UTC, datetime

import pytest

from pipeline.read.html import Html
from pipeline.read.layouts.generic import facts

DAY = datetime(2025, 10, 20, tzinfo=UTC).date()
BESIDE = "<aside><h3>More</h3><time datetime='2019-01-01'>Jan 1</time><a rel='author'>Ed Poe</a></aside>"


def _page(head: str = "", below: str = "", above: str = "") -> Html:
    story = f"<article>{above}<h1>Rain</h1>{below}<p>It rains.</p></article>"
    return Html(f"<html><head>{head}</head><body>{BESIDE}<main>{story}{BESIDE}</main></body></html>", None)


def _day(page: Html) -> object:
    when = facts(page).published_at
    return when.astimezone(UTC).date() if when else None


def _names(page: Html) -> list[str]:
    return [byline.printed for byline in facts(page).bylines]


def _linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="pubdate" content="2025-10-20T16:32:00-04:00">',
        '<meta name="parsely-pub-date" content="2025-10-20T20:32:00Z">',
        '<meta name="DC.date.issued" content="2025-10-20">',
        '<meta itemprop="datePublished" content="2025-10-20">',
        _linked('{"@graph": [{"@type": "WebPage", "datePublished": "2025-10-20T20:32:00+00:00"}]}'),
        _linked('{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": "2025-10-20"}}'),
        _linked('[[{"@type": "NewsArticle", "datePublished": "2025-10-20"}]]'),
        _linked('{"@type": "NewsArticle", "datePublished": "2025-10-20",}'),
        _linked('//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2025-10-20"}\n//]]>'),
    ],
)
def test_a_day_that_is_declared(head: str) -> None:
    assert _day(_page(head)) == DAY


@pytest.mark.parametrize(
    "printed",
    [
        "<time>October 20, 2025</time>",
        "<time datetime='2025-10-20'>Monday</time>",
        "<p class='date'>October 20, 2025</p>",
        "<span class='posted-on'>Posted on October 20, 2025</span>",
        "<abbr class='published' title='2025-10-20'>Monday</abbr>",
    ],
)
def test_a_day_that_is_printed_with_the_story(printed: str) -> None:
    assert _day(_page(below=printed)) == DAY
    assert _day(_page(above=printed)) == DAY


def test_of_several_days_the_first_below_the_headline() -> None:
    above, below = "<time>October 1, 2019</time>", "<time>October 20, 2025</time><time>October 2, 2019</time>"

    assert _day(_page(above=above, below=below)) == DAY


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "<div class='related-posts'><time>October 20, 2025</time></div>",
        "<p class='date'>Come on October 20, 2025, for it will rain all day long, and we shall stand in it.</p>",
    ],
)
def test_days_of_others_and_of_sentences_are_none(printed: str) -> None:
    assert _day(_page(below=printed)) is None


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ('<meta name="parsely-author" content="Joan Hill">', ""),
        ('<meta property="article:author" content="Joan Hill">', ""),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Joan Hill">', ""),
        (
            _linked(
                '{"@graph": [{"@type": "Article", "author": {"@id": "#j"}}, {"@id": "#j", "@type": "Person",'
                ' "name": "Joan Hill"}]}'
            ),
            "",
        ),
        ("", "<a rel='author' href='/joan'>Joan Hill</a>"),
        ("", "<span itemprop='author'><span itemprop='name'>Joan Hill</span></span>"),
        ("", "<span class='author-name'>Joan Hill</span>"),
        ('<meta name="author" content="https://radio.example/joan">', "<p class='author'>Joan Hill</p>"),
    ],
)
def test_authors(head: str, below: str) -> None:
    assert _names(_page(head, below)) == ["Joan Hill"]


def test_authors_of_other_stories_are_none() -> None:
    comments = "<div class='comments'><p class='author'>Ed Poe</p></div>"

    assert _names(_page(below=comments)) == []


@pytest.mark.parametrize(
    "below",
    [
        "<section class='more-stories'><time datetime='2019-01-01'>x</time><a rel='author'>Ed Poe</a></section>",
        "<article><h3>Snow</h3><time datetime='2019-01-01'>x</time><a rel='author'>Ed Poe</a></article>",
        "<footer><time datetime='2019-01-01'>x</time><a rel='author'>Ed Poe</a></footer>",
    ],
)
def test_cards_of_other_stories_within_the_story_tell_nothing_of_it(below: str) -> None:
    assert _day(_page(below=below)) is None
    assert _names(_page(below=below)) == []


def test_several_articles_below_a_headline_are_other_stories() -> None:
    card = "<article><time datetime='2019-01-01'>x</time><span class='byline'>By Ed Poe</span></article>"
    pages = [Html(f"<body><main><h1>Rain</h1>{card * cards}</main></body>", None) for cards in (1, 2)]

    assert [(bool(_day(page)), bool(_names(page))) for page in pages] == [(True, True), (False, False)]


@pytest.mark.parametrize("classes", ["content has-sidebar", "elementor-widget elementor-widget-container"])
def test_what_holds_headline_and_day_is_no_sidebar(classes: str) -> None:
    story = "<h1>Rain</h1><time datetime='2019-01-01'>x</time><span class='byline'>By Ed Poe</span>"
    page = Html(f"<body class='no-sidebar'><article><div class='{classes}'>{story}</div></article></body>", None)

    assert _day(page)
    assert _names(page)
