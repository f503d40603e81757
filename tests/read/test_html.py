import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PageRejected
from pipeline.read.html import Html, load_json
from pipeline.read.paragraphs import marks_below, paragraphs, squeeze


def _paragraphs(page: str, without: str = "") -> list[str]:
    root = Html(page, None).first("body")
    assert root is not None
    return paragraphs(root, marks_below(root, without))


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p><p>LAUREN FRAYER, HOST: <p><p> This is<p>it", ["LAUREN FRAYER, HOST:", "This is", "it"]),
        ("<p>one<br>two<br><br>three", ["one", "two", "three"]),
        ("<div>one <b>and</b> <a href='#'>the</a> same</div>", ["one and the same"]),
        ("one<div>two<p>three</p>four</div>five", ["one", "two", "three", "four", "five"]),
        ("<p>a</p><p> \u00a0 </p><p>b</p>", ["a", "b"]),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript><button>e</button>f</p>", ["af"]),
        ("<form id='page'><p>a</p></form><form><input>search</form>", ["a"]),
        ("<p>Kele\u00admen\u200b</p>", ["Kelemen"]),
        ("", []),
    ],
)
def test_paragraphs_are_what_a_reader_sees_as_such(page: str, found: list[str]) -> None:
    assert _paragraphs(page) == found


def test_elements_left_out_may_be_nested_and_fit_twice() -> None:
    page = "<aside class=promo><figure class=promo><p>no</p></figure></aside><p>yes</p><aside><br></aside>"

    assert _paragraphs(page, "aside, figure, .promo, [class=promo]") == ["yes"]


def test_the_root_itself_is_never_left_out() -> None:
    assert _paragraphs("<body class='has-sidebar'><p>yes</p><p class='sidebar'>no</p>", "[class*=sidebar]") == ["yes"]


def test_reading_leaves_the_tree_as_it_was() -> None:
    page = Html("<body><div class=x>no</div><p>yes</p></body>", None)
    root = page.first("body")
    assert root is not None

    assert paragraphs(root, marks_below(root, ".x")) == ["yes"]
    assert paragraphs(root, {}) == ["no", "yes"]


def test_no_nesting_is_too_deep() -> None:
    assert _paragraphs("<div>" * 5000 + "<p>deep</p>") == ["deep"]


@given(st.text())
def test_squeezing_twice_is_squeezing_once(text: str) -> None:
    squeezed = squeeze(text)

    assert squeeze(squeezed) == squeezed
    assert squeezed == squeezed.strip()


def test_meta_is_the_first_of_each_name_with_content_or_value() -> None:
    page = Html(
        '<html lang="en"><meta name="Date" value="2016-12-15"><meta name="date" content="2017">'
        '<meta property="og:url" content=" https://x.org/a "><meta name="empty" content=" ">',
        None,
    )

    assert page.meta == {"date": "2016-12-15", "og:url": "https://x.org/a"}
    assert page.canonical_url == "https://x.org/a"
    assert page.language == "en"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.npr.org/2026/03/20/nx-s1-1/oil", "https://www.npr.org/2026/03/20/nx-s1-1/oil"),
        ("/post/oil", "https://www.kunc.org/post/oil"),
        ("http://[kunc/oil", "https://x.org/a"),
        ("javascript:void(0)", "https://x.org/a"),
        (" ", "https://x.org/a"),
    ],
)
def test_a_canonical_link_that_leads_nowhere_is_none(link: str, address: str) -> None:
    page = Html(
        f'<link rel="canonical" href="{link}"><meta property="og:url" content="https://x.org/a">',
        "https://www.kunc.org/",
    )

    assert page.canonical_url == address


def test_linked_data_is_found_in_lists_and_graphs() -> None:
    page = Html(
        '<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json">[1, {"@type": "Person"}]</script>'
        '<script type="application/ld+json">{"@graph": [{"@type": ["Thing", "NewsArticle"], "headline": "Oil"}]}'
        "</script>",
        None,
    )

    assert page.linked_data("NewsArticle")["headline"] == "Oil"
    assert page.linked_data("Recipe") == {}


def test_json_with_escaped_quotes_is_json() -> None:
    assert load_json("{&quot;a&quot;: 1}") == {"a": 1}
    assert load_json("[" * 100_000) is None
    assert load_json(None) is None


@pytest.mark.parametrize(
    ("page", "is_whole"),
    [
        ("<html><body><main><p>a</p></main></body></html>", True),
        (
            "<html><body><main><p>a</p></main><footer>f</footer>",
            True,
        ),  # minified: what follows shows that it was closed
        ("<main><p>a</p></main>", True),  # a fragment, as aggregators keep it
        ("<main><p>a<p>b</main>", True),
        ("<main><p>a<p>b", False),
        ("<div><main><p>a<p>b</main><div>c</div>", True),  # sloppy, and what follows the text shows that it ended
        ("<!doctype html><body><main><p>a</p><p>b", False),
        ("<html><body><main><p>a</p></main>", False),
        ("<main><p>a</p><p cla", False),
        ("<main><p>a</p></ma", False),
        ("<main><p>a</p></main><p>3 < 4", True),
    ],
)
def test_a_page_that_ends_inside_its_text_is_never_whole(page: str, *, is_whole: bool) -> None:
    html = Html(page, None)
    root = html.first("main")
    assert root is not None

    if is_whole:
        assert html.spoken(root)
    else:
        with pytest.raises(PageRejected, match="rejected:truncated"):
            html.spoken(root)
