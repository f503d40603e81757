"""What stands around every page of www.npr.org: scripts, navigation, player, footer. None of it is speech."""

from tests.network.document import attribute, script_json

NEWS = ("National", "World", "Politics", "Business", "Health", "Science", "Climate", "Race")
CULTURE = (
    "Books",
    "Movies",
    "Television",
    "Pop Culture",
    "Food",
    "Art & Design",
    "Performing Arts",
    "Life Kit",
    "Gaming",
)
MUSIC = ("Tiny Desk", "New Music Friday", "All Songs Considered", "Music Features", "Live Sessions", "The Best Music")
SHOWS = (
    "Morning Edition", "Weekend Edition Saturday", "Weekend Edition Sunday", "All Things Considered", "Fresh Air",
    "Up First", "Planet Money", "Short Wave", "Throughline", "Code Switch", "Life Kit", "Embedded",
)  # fmt: skip
ABOUT = ("About NPR", "Diversity", "Support", "Careers", "Press", "Ethics")
MENUS = {"News": NEWS, "Culture": CULTURE, "Music": MUSIC, "Podcasts & Shows": SHOWS, "About": ABOUT}
FOOTER = {
    "Read & Listen": ("Home", "News", "Culture", "Music", "Podcasts & Shows"),
    "Connect": ("Newsletters", "Facebook", "Instagram", "Press", "Public Editor", "Corrections", "Transcripts"),
    "About NPR": ("Overview", "Diversity", "NPR Network", "Accessibility", "Ethics", "Finances"),
    "Get Involved": ("Support Public Radio", "Sponsor NPR", "NPR Careers", "NPR Shop", "NPR Extra"),
}
MODULES = (
    "util/env images/lazy-load data-consent header-bidding metrics copyright auto-refresh navigation/global-navigation "
    "fitvids dfp globalfooter persistent-audio player/more-options player/audio-module-clickable what-input "
    "callout/on-page-callouts global-alerts right-rail-content-widgets we-are-hiring contentfooter social/share"
)
STYLE_NAMES = (
    "audio-module",
    "navigation",
    "menu",
    "submenu",
    "storytitle",
    "story-meta",
    "dateblock",
    "npr-footer",
    "share-tools",
    "recommended-stories",
    "branding",
    "speakable",
)
STYLES = "\n".join(
    f".{name}__{part}{{margin:{step}px 0 0 {step * 2}px;padding:0 {step}px;font:{step + 12}px/1.4 Helvetica,Arial,sans-serif}}"
    for name in STYLE_NAMES
    for step, part in enumerate(("inner", "list", "item", "toggle", "header", "label", "icon", "wrap"))
)


def _slug(name: str) -> str:
    return name.lower().replace(" & ", "-").replace(" ", "-")


def _link(name: str, path: str, place: str) -> str:
    metrics = script_json(
        {"action": "global_navigation_click", "clickName": name.lower(), "clickType": place, "clickUrl": path}
    )
    return f"<a href=\"{path}\" data-metrics-ga4='{metrics}'>{attribute(name)}</a>"


def _menu(title: str, entries: tuple[str, ...]) -> str:
    slug = _slug(title)
    items = "\n".join(
        f'                        <li class="submenu__item">{_link(entry, f"/sections/{_slug(entry)}/", "global navigation")}</li>'
        for entry in entries
    )
    return f"""
                <li class="menu__item menu__item--{slug} menu__item--has-submenu">
                    <div class="menu__item-inner">
                        {_link(title, f"/sections/{slug}/", "global navigation")}
                        <button class="menu__toggle-submenu" data-metrics-ga4='{{"action":"global_navigation_click","clickName":"toggle {slug} drawer"}}'>Expand/collapse submenu for {attribute(title)}</button>
                    </div>
                    <ul class="submenu submenu--{slug}">
{items}
                    </ul>
                </li>"""


def head_scripts() -> str:
    """Consent, styles and constants, as they stand at the top of `<head>`."""
    constants = {
        "cbHost": "npr.org", "webHost": "https://www.npr.org", "embedHost": "https://www.npr.org",
        "webHostSecure": "https://secure.npr.org", "mediaHost": "https://media.npr.org",
        "audioPlayer": {"prerollIsActive": True, "liveStreamText": "NPR 24 Hour Program Stream On Air Now"},
        "podcasts": [{"title": show, "url": f"https://www.npr.org/podcasts/{_slug(show)}"} for show in SHOWS],
    }  # fmt: skip
    return f"""<script type="text/javascript">
function OptanonWrapper() {{
    NPR_OptanonWrapper = true;
    document.dispatchEvent(new CustomEvent('npr:DataConsentAvailable'));
}}
</script>
<!--

nnnnnnnnnnnnnnnnnn ppppppppppppppppppp rrrrrrrrrrrrrrrrrr
nnn   nnnn    nnnn ppp   pppppp   pppp rrr   rrrrrr   rrr
nnn   nnnnnn   nnn ppp   ppppppppppppp rrr   rrrrrrrrrrrr

We are hiring!

-->
<script>dataLayer = [];</script>
<style>{STYLES}</style>
<script id="npr-vars">
   window.NPR = window.NPR || {{}};
NPR.ServerConstants = {script_json(constants)};
</script>"""


def header() -> str:
    """Skip links, call to action, the whole menu."""
    return f"""
<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-0000000" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>
<div class="skip-links">
      <span>Accessibility links</span>   <ul>
            <li><a href="#mainContent" class="skiplink">Skip to main content</a></li>
      <li><a href="https://help.npr.org/" class="skiplink">Keyboard shortcuts for audio player</a></li>
   </ul>
</div>
<header class="npr-header" id="globalheader" aria-label="NPR header">
<nav class="navigation">
    <div class="navigation__top-level-wrap" data-metrics-category-ga4="recirculation">
        <ul class="navigation__top-level">
            <li class="navigation__toggle-wrap"><button id="navigation__toggle--open" class="navigation__toggle" aria-haspopup="true" aria-expanded="false">
                    Open Navigation Menu
                </button></li>
            <li class="navigation__home"><a href="/"><img src="https://media.npr.org/chrome/npr-logo.svg" alt="NPR logo"/></a></li>
            <li id="navigation__station-mount"></li>
            <li class="navigation__newsletters">{_link("Newsletters", "/newsletters/", "global navigation")}</li>
            <li id="user-account-dropdown-mount" class="navigation__account"></li>
            <li class="navigation__shop">{_link("NPR Shop", "https://shopnpr.org", "global navigation")}</li>
            <li id="navigation__station-donate-mount"></li>
        </ul>
    </div>
    <section id="main-menu" class="menu menu--main" data-metrics-category-ga4="recirculation">
        <div class="menu__inner">
            <header class="menu__header"><button id="navigation__toggle--close" class="navigation__toggle">Close <span>Navigation Menu</span></button></header>
            <ul class="menu__list">
                <li class="menu__item menu__item--home"><div class="menu__item-inner">{_link("Home", "/", "global navigation")}</div></li>
                {"".join(_menu(title, entries) for title, entries in MENUS.items())}
            </ul>
        </div>
    </section>
</nav>
</header>"""


def share_tools(story_id: str) -> str:
    """The three share buttons below a story."""
    buttons = "\n".join(
        f"""      <li class="share-tools__service share-tools__service--{name.lower()}"><button class="story{story_id}" data-share-{name.lower()}='{{"storyId": "{story_id}" }}'><b class="share-tools__service-name">{name}</b></button></li>"""
        for name in ("Facebook", "Flipboard", "Email")
    )
    return f"""<div class="share-tools share-tools--secondary" aria-label="Share tools">
      <ul>
{buttons}
   </ul>
</div>

<!-- END CLASS="SHARE-TOOLS SHARE-TOOLS--SECONDARY" ARIA-LABEL="SHARE TOOLS" -->
<aside id="end-of-story-recommendations-mount" class="recommended-stories" aria-label="recommended stories"></aside>"""


def footer() -> str:
    """The site's footer."""
    groups = "\n".join(
        f"""        <div class="npr-footer__module">
            <h6 class="npr-footer__header">{attribute(title)}</h6>
            <ul>
{"".join(f'                <li class="npr-footer__item"><a href="/{_slug(entry)}/">{attribute(entry)}</a></li>' for entry in entries)}
            </ul>
        </div>"""
        for title, entries in FOOTER.items()
    )
    return f"""<footer id="npr-footer" class="npr-footer" role="contentinfo" aria-label="NPR footer"><div class="npr-footer__content">
    <div class="npr-footer__module-group">
{groups}
    </div>
    <div class="npr-footer__module npr-footer__module--secondary">
        <ul>
            <li class="npr-footer__item"><a href="/about-npr/179876898/terms-of-use">Terms of Use</a></li>
            <li class="npr-footer__item"><a href="/about-npr/179878450/privacy-policy">Privacy</a></li>
            <li class="npr-footer__item"><a href="/about-npr/179878450/privacy-policy#yourchoices">Your Privacy Choices</a></li>
            <li class="npr-footer__item"><a href="https://text.npr.org/">Text Only</a></li>
            <li class="npr-footer__item"><span class="copy-year"></span></li>
        </ul>
    </div>
</div>
</footer><div id="global-stickybar-mount" class="global-stickybar-mount"></div>"""


def sidebar(story_id: str) -> str:
    """The advertisement beside a page."""
    config = script_json(
        {"network": "/6735/", "zone": "News", "targets": {"storyId": story_id}, "location": "standard"}
    )
    return f"""<div id="main-sidebar">
      <aside id="ad-standard-wrap" class="ad-wrap standard" aria-label="advertisement">
    <div class="ad-header "><span>Sponsor Message</span></div>
      <div class="ad-config ad-standard has-refresh-enabled" data-ad-config='{config}'><div style="min-height:90px"></div></div>
    <div class="ad-footer"><p class="left">Sponsor Message</p><p class="right"><a href="/about-npr/186948703/corporate-sponsorship">Become an NPR sponsor</a></p></div>
</aside>
   </div>"""
