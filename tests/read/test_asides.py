"""What stands between a transcript's paragraphs and is none, and what only looks so."""

import pytest

from pipeline.read.asides import begins_with_label
from pipeline.read.html import Html

SAID = "<p>ANA DIAZ: It rains, as it has rained all week long.</p><p>JO FOX: It does rain, and it will rain.</p>"
ANA = "ANA DIAZ: It rains, as it has rained all week long."
JO = "JO FOX: It does rain, and it will rain."


def _spoken(markup: str, asides: str = "") -> list[str]:
    page = Html(f"<html><body>{markup}</body></html>", None)
    root = page.first("body")
    assert root is not None
    return page.spoken(root, asides=asides)


@pytest.mark.parametrize(
    "aside",
    [
        "<figure><img><figcaption>A wet street. (Jo Fox)</figcaption></figure>",
        "<p><audio src='a.mp3'>Your browser plays no audio.</audio></p>",
        "<ps-thing class='PromoBox'><div>More of this</div></ps-thing>",
        "<div class='related-stories'><h3>Related</h3><div class='promo'><p>LISTEN: Rain</p></div></div>",
        "<div hidden>Loading</div>",
        "<p class='credit'>Ana Roe</p>",
        "<div class='user-embedded-image'><div class='user-embedded-credit'>(Ana Roe)</div></div>",
        "<div class='Quote'><blockquote><p>It will rain.</p></blockquote></div>",
        "<div class='Tags'><span class='Tags-title'>Tags</span><a>Rain</a></div>",
        "<ul class='post-tags'><li>Rain</li></ul>",
        "<div class='audio-module'><ul><li>Download</li><li>Queue</li></ul></div>",
        "<div class='gallery'><p>1 of 3: A wet street</p></div>",
        "<div class='infobox'><p>Height: 12 feet</p></div>",
    ],
)
def test_an_aside_is_left_out(aside: str) -> None:
    assert _spoken(SAID.replace("</p><p>", f"</p>{aside}<p>")) == [ANA, JO]


@pytest.mark.parametrize("wrapper", ["<div hidden>{}</div>", "<div class='promo'>{}</div>", "<aside>{}</aside>"])
def test_a_conversation_in_an_aside_is_none(wrapper: str) -> None:
    written = "<p>" + "It rained, somebody wrote. " * 30 + "</p>"

    assert _spoken(written + wrapper.format(SAID * 2))[1:] == [ANA, JO] * 2


@pytest.mark.parametrize("name", ["comments", "comments-area", "commentlist", "comment-list"])
def test_readers_comments_are_no_conversation(name: str) -> None:
    assert _spoken(f"{SAID * 2}<ol class='{name}'>{SAID * 2}</ol>") == [ANA, JO] * 2


def test_an_aside_in_a_conversation_in_an_aside_is_left_out() -> None:
    within = SAID * 2 + "<figure><figcaption>A wet street.</figcaption></figure>"

    assert _spoken(f"<div class='promo'><div class='promo'>{within}</div></div>") == [ANA, JO] * 2


def test_asides_are_never_most_of_a_text() -> None:
    lines = "".join(f"<p class='caption'>{text}</p>" for text in (ANA, "And it pours.", JO))

    assert _spoken(f"<div>{lines}</div>") == [ANA, "And it pours.", JO]


def test_an_element_within_a_line_is_none_for_its_class() -> None:
    assert _spoken("<p>ANA DIAZ: <span class='share-quote'>It rains</span>, they say.</p>") == [
        "ANA DIAZ: It rains, they say."
    ]


def test_what_screen_readers_tell_is_not_said() -> None:
    link = "<a>rain<span class='sr-only'>Opens in a new window</span></a>"

    assert _spoken(f"<p>ANA DIAZ: The {link} goes on.</p>") == ["ANA DIAZ: The rain goes on."]


def test_a_layout_has_asides_of_its_own() -> None:
    page = SAID + "<div class='Enh'>A wet street.</div>"

    assert _spoken(page) == [ANA, JO, "A wet street."]
    assert _spoken(page, ".Enh") == [ANA, JO]


def test_a_heading_above_a_label_is_nobodys_words() -> None:
    assert _spoken(f"{SAID}<h3>Later</h3><figure>A wet street.</figure>{SAID}") == [ANA, JO, ANA, JO]


@pytest.mark.parametrize("heading", ["The river rises", "More from this hour", "Why it rains in Lowell"])
def test_a_headline_is_nobodys_words_wherever_it_stands(heading: str) -> None:
    assert _spoken(f"{SAID * 2}<p>It pours.</p><h3>{heading}</h3><p>It pours on.</p>")[-2:] == [
        "It pours.",
        "It pours on.",
    ]
    assert _spoken(f"{SAID * 2}<h3>{heading}</h3>") == [ANA, JO] * 2


@pytest.mark.parametrize(
    "heading", ["It rains, and it pours.", "Who knew?", "Ana Diaz", "Ana de la Cruz", "Ana Diaz, host", "THE RIVER"]
)
def test_a_heading_that_may_be_said_stays(heading: str) -> None:
    assert _spoken(f"{SAID * 2}<h3>{heading}</h3><p>It pours.</p>")[-2] == heading


def test_a_heading_that_names_a_speaker_stays() -> None:
    assert _spoken(f"{SAID * 2}<h3>Ana Diaz</h3><p>It rains.</p>")[-2:] == ["Ana Diaz", "It rains."]


def test_a_heading_that_announces_a_transcript_stays() -> None:
    assert _spoken(f"<p>It rained.</p><h2>Transcript</h2>{SAID}")[1] == "Transcript"


def test_a_text_all_in_headings_stays() -> None:
    assert _spoken("<h4>ANA DIAZ: It rains.</h4><h4>It pours.</h4><h4>JO FOX: It does.</h4>") == [
        "ANA DIAZ: It rains.",
        "It pours.",
        "JO FOX: It does.",
    ]


def test_titles_with_a_colon_begin_with_no_label() -> None:
    assert not any(map(begins_with_label, ["Opinion: It rains", "Rain: a story", "It rains.", ""]))


@pytest.mark.parametrize("name", ["transcript-caption", "transcript-embed", "social-transcript", "sponsor transcript"])
def test_lines_whose_class_says_transcript_are_spoken(name: str) -> None:
    line = f'<p class="{name}">ANA DIAZ: It rains.</p>'

    assert _spoken(f"{'<p>It rained in the town, and nobody knew why.</p>' * 9}{line}")[-1] == "ANA DIAZ: It rains."


def test_a_posts_topics_are_no_names_of_asides() -> None:
    story = "<p>It rains.</p><figcaption>A creek</figcaption>"
    page = f'<div class="post category-social-issues tag-donations">{story}</div>{SAID * 3}'

    assert _spoken(page)[0] == "It rains."
    assert "A creek" not in _spoken(page)
