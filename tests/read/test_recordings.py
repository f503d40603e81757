"""A page's own recording, and the recordings of others."""

import json

import pytest

from pipeline.read.html import Html
from pipeline.read.recordings import Recording, recording_of
from pipeline.read.story_element import StoryElement

NONE = Recording(None, None, None)


def _recording(head: str = "", body: str = "", article: dict[str, object] | None = None) -> Recording:
    page = Html(f"<html><head>{head}</head><body>{body}</body></html>", "https://radio.example/rain")
    return recording_of(page, article or {}, StoryElement(page))


def _linked(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


@pytest.mark.parametrize(
    ("printed", "seconds"),
    [("PT3M37S", 217.0), ("PT1H", 3600.0), ("P0DT0H3M37.5S", 217.5), ("217", 217.0), ("3 minutes", None), (None, None)],
)
def test_durations(printed: str | None, seconds: float | None) -> None:
    assert _recording(_linked(**{"@type": "AudioObject", "duration": printed})).seconds == seconds


def test_an_episode_names_its_sound_and_its_series() -> None:
    episode = {
        "@type": "PodcastEpisode",
        "associatedMedia": {"contentUrl": "/rain.mp3", "duration": "PT2M"},
        "partOfSeries": {"name": "The  Rain Hour"},
    }

    assert _recording(_linked(**episode)) == Recording("https://radio.example/rain.mp3", 120.0, "The Rain Hour")


def test_an_article_names_its_sound() -> None:
    article: dict[str, object] = {"audio": [{"@type": "AudioObject", "contentUrl": "https://a.example/rain.mp3"}]}

    assert _recording(article=article).url == "https://a.example/rain.mp3"


def test_meta_data_name_a_sound() -> None:
    assert _recording('<meta property="og:audio" content="https://a.example/r.mp3">').url == "https://a.example/r.mp3"


def test_the_only_file_that_is_played_is_the_pages() -> None:
    player = "<audio><source src='/rain.mp3?x=1'><source src='/rain.mp3?x=1'></audio>"

    assert _recording(body=player).url == "https://radio.example/rain.mp3?x=1"


@pytest.mark.parametrize(
    "body",
    ["<audio src='/a.mp3'></audio><audio src='/b.mp3'></audio>", "<audio src='https://s.example/live'></audio>", "<p>"],
)
def test_of_several_files_or_a_stream_none_is(body: str) -> None:
    assert _recording(body=body) == NONE


@pytest.mark.parametrize("odd", [{"associatedMedia": "x", "partOfSeries": []}, {"duration": {}, "audio": [1, None]}])
def test_odd_facts_give_none(odd: dict[str, object]) -> None:
    assert _recording(_linked(**{"@type": "PodcastEpisode", **odd})) == NONE


@pytest.mark.parametrize(
    "address",
    [
        "https://playerservices.streamtheworld.com/api/livestream-redirect/KUNX.mp3",
        "https://stream.radio.example/kunx128.mp3",
        "https://radio.example/kunx/live.mp3",
    ],
)
def test_what_is_on_the_air_now_is_nobodys_recording(address: str) -> None:
    assert _recording(body=f'<audio src="{address}"></audio>') == NONE
    assert _recording(f'<meta property="og:audio" content="{address}">') == NONE


@pytest.mark.parametrize("around", ["aside", "nav", "footer", 'div class="sidebar-newscast"'])
def test_a_player_beside_the_story_plays_another(around: str) -> None:
    assert _recording(body=f'<{around}><audio src="/news.mp3"></audio></{around.split(maxsplit=1)[0]}>') == NONE


@pytest.mark.parametrize("classes", ["single has-sidebar", "recent-theme", "elementor-widget elementor-widget-audio"])
def test_what_holds_the_whole_story_is_no_sidebar(classes: str) -> None:
    player = '<audio src="/rain.mp3"></audio>'

    for story in (f"<h1>Rain</h1>{player}", f"<article>{player}</article>"):
        assert _recording(body=f'<div class="{classes}">{story}</div>').url == "https://radio.example/rain.mp3"
    assert _recording(body=f'<article class="{classes}"><div class="comments">{player}</div></article>') == NONE


@pytest.mark.parametrize(
    "address",
    ["https://stream.podcasts.example/episodes/1/stream.mp3", "https://stream.radio.example/atc/2019/01/rain.mp3"],
)
def test_what_is_kept_by_a_server_called_stream_is_on_the_air_no_more(address: str) -> None:
    assert _recording(f'<meta property="og:audio" content="{address}">').url == address


def test_of_several_episodes_the_one_with_the_pages_address_counts() -> None:
    def episode(slug: str) -> dict[str, object]:
        return {"@type": "PodcastEpisode", "url": f"/{slug}", "audio": {"contentUrl": f"/{slug}.mp3"}}

    both = [episode("snow"), episode("rain")]
    script = '<script type="application/ld+json">{}</script>'

    assert _recording(script.format(json.dumps(both))).url == "https://radio.example/rain.mp3"
    assert _recording(script.format(json.dumps([episode("snow"), episode("hail")]))) == NONE


def test_types_that_are_no_names_are_none() -> None:
    assert _recording(_linked(**{"@type": [{}, ["AudioObject"]], "contentUrl": "/rain.mp3"})) == NONE
