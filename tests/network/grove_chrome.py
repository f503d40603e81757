"""What stands around every story of a Grove station: styles, live player, navigation, lists, forms, footer."""

from tests.network.document import attribute, text
from tests.network.stations import Station

SECTIONS = {
    "News": ("Local", "Politics", "Education", "Health", "Environment", "Economy", "Race & Equity", "Investigations"),
    "Arts & Culture": ("Music", "Books", "Theater", "Film", "Museums", "Food", "Events Calendar"),
    "Podcasts": ("Local Newscast", "The Morning Briefing", "Trail Notes", "Kitchen Table", "All Podcasts"),
    "Programs": (
        "Morning Edition",
        "All Things Considered",
        "Fresh Air",
        "Weekend Edition",
        "Here & Now",
        "All Programs",
    ),
    "Support": ("Become a Member", "Corporate Sponsorship", "Vehicle Donation", "Planned Giving", "Volunteer"),
    "About": (
        "Staff",
        "Contact",
        "Jobs",
        "Community Advisory Board",
        "Public Reports",
        "FCC Public File",
        "Privacy Policy",
    ),
}
LISTED = (
    "City council delays vote on parking meters", "A library opens its seed drawer for spring", "What the new bus map changes",
    "High school robotics team heads to the finals", "Why the river gauge went quiet", "County clerk mails sample ballots",
    "The muralist of Fourth Street", "Farmers market returns on Saturday", "School board hears plans for a later start",
    "A choir of 90 voices looks for a home", "Wildlife officers count bald eagles", "Is it too early to plant tomatoes?",
)  # fmt: skip
ICONS = ("facebook", "whatsapp", "email", "play", "pause", "volume", "search", "close", "menu", "more")
PARTS = (
    "Page-header", "NavigationItem", "NavigationLink", "BrightspotPersistentPlayer", "Stream", "StreamPill", "PromoA",
    "PromoB", "PromoNewsletter", "ListB", "ListH", "AdModule", "Figure", "Enhancement", "FooterNavigationItem", "Page-footer",
)  # fmt: skip


def styles() -> str:
    """Inline styles, a page's heaviest part after the pictures."""
    variables = "\n".join(
        f"    --{group}{shade}{mode}: #{(step * 1_118_481 + mode_step * 4369) % 0xFFFFFF:06x};"
        for step, group in enumerate(
            ("primaryColor", "secondaryColor", "headerColor", "footerColor", "buttonColor", "linkColor", "listColor")
        )
        for shade in range(1, 7)
        for mode_step, mode in enumerate(("", "Inverse", "Hover"))
    )
    rules = "\n".join(
        f".{part}-{piece} {{\n  padding: {step}px;\n  margin-bottom: {step * 2}px;\n  color: var(--primaryColor{step % 6 + 1});\n}}"
        for part in PARTS
        for step, piece in enumerate(
            ("items", "item", "title", "text", "media", "content", "button", "wrapper", "heading", "list")
        )
    )
    return f'<style data-cssvarsponyfill="true">\n:root {{\n{variables}\n}}\n</style>\n<style>\n{rules}\n</style>'


def _slug(name: str) -> str:
    return name.lower().replace(" & ", "-").replace(" ", "-").replace("?", "")


def icons() -> str:
    """The sprite that a page begins with."""
    return "\n".join(
        f'<svg xmlns="http://www.w3.org/2000/svg" style="display:none" id="iconset-{name}"><symbol id="icon-{name}" viewBox="0 0 24 24">'
        f'<title>{name}</title><path d="{" ".join(f"M{step} {step * 2}l{step % 5}.4 {step % 7}.1-3.{step}" for step in range(24))}z"/></symbol></svg>'
        for name in ICONS
    )


def picture(station: Station, name: str, width: int, alt: str) -> str:
    """A picture in its sizes, with the long addresses of the image server."""
    source = f"http%3A%2F%2F{station.call_sign.lower()}-brightspot.s3.us-west-2.amazonaws.com%2Fimg%2F{name}.jpg"
    sizes = "\n".join(
        f'    <source type="image/{form}" width="{width}" height="{width * 2 // 3}" srcset="https://npr.brightspotcdn.com/dims4/default/{name[:7]}/2147483647/'
        f'strip/true/crop/1600x1067+0+0/resize/{width * scale}x{width * 2 // 3 * scale}!/format/{form}/quality/90/?url={source} {scale}x" data-size="promo"/>'
        for form in ("webp", "jpeg")
        for scale in (1, 2)
    )
    return f'<picture>\n{sizes}\n    <img class="Image" alt="{attribute(alt)}" width="{width}" src="https://npr.brightspotcdn.com/{name}.jpg" loading="lazy">\n</picture>'


def _navigation(station: Station, item: str) -> str:
    groups = []
    for title, entries in SECTIONS.items():
        links = "\n".join(
            f'            <li class="{item}-items-item gtm_nav_subcat"><a class="NavigationLink" href="https://{station.host}/{_slug(entry)}" data-cms-ai="0" '
            f'data-gtm-category="{_slug(title)}" aria-label="{attribute(entry)}">{text(entry)}</a></li>'
            for entry in entries
        )
        groups.append(
            f'    <li class="Navigation-items-item"><div class="{item}">\n        <div class="{item}-text gtm_nav_cat"><a class="{item}-text-link" '
            f'href="https://{station.host}/{_slug(title)}">{text(title)}</a></div>\n        <button class="{item}-more" aria-label="Open Sub Navigation">'
            f'<svg class="chevron"><use xlink:href="#icon-more"></use></svg></button>\n        <ul class="{item}-items">\n{links}\n        </ul></div></li>'
        )
    return '<nav class="Navigation gtm_nav"><ul class="Navigation-items">\n' + "\n".join(groups) + "\n</ul></nav>"


def _player(station: Station) -> str:
    streams = "\n".join(
        f"""            <li class="BrightspotPersistentPlayer-streamsList-item">
                <ps-stream class="Stream" data-stream-name="{station.call_sign} {name}" data-stream-id="{number:08x}-0000-d5a5-ff99-fbab730000">
                    <ps-stream-url data-stream-format="" data-stream-url="https://live.example.org/{station.call_sign.lower()}-{number}.mp3"></ps-stream-url>
                    <button><div class="Stream-status"><span class="Stream-statusTextOnAir">On Air</span><span class="Stream-statusTextNowPlaying">Now Playing</span></div>
                    <div class="Stream-text"><span class="Stream-name">{station.call_sign} {name}</span></div></button>
                </ps-stream>
            </li>"""
        for number, name in enumerate((f"{station.frequency}", "Classical", "HD2 Jazz"), start=1)
    )
    return f"""<div class="Page-header-persistent-player"><ps-brightspot-persistent-player class="BrightspotPersistentPlayer" data-module-type="persistent-player">
    <div class="BrightspotPersistentPlayer-player">
        <div class="BrightspotPersistentPlayer-playerControls"><button class="BrightspotPersistentPlayer-playerControls-control" aria-label="Play"><svg><use xlink:href="#icon-play"></use></svg></button></div>
        <div class="BrightspotPersistentPlayer-streamInfo">
            <div class="BrightspotPersistentPlayer-programName">Play Live Radio</div>
            <div class="BrightspotPersistentPlayer-name"></div>
            <div class="BrightspotPersistentPlayer-schedule"><span class="BrightspotPersistentPlayer-schedule-next">Next Up:</span>
                <span class="BrightspotPersistentPlayer-schedule-startTime"></span><span class="BrightspotPersistentPlayer-schedule-programName"></span></div>
        </div>
        <div class="BrightspotPersistentPlayer-trackSlider"><div class="BrightspotPersistentPlayer-trackSlider-wrapper">
            <span class="BrightspotPersistentPlayer-trackSlider-currentTime">0:00</span>
            <input class="BrightspotPersistentPlayer-trackSlider-slider" type="range" value="0" aria-label="Track">
            <span class="BrightspotPersistentPlayer-trackSlider-duration">0:00</span></div></div>
        <div class="BrightspotPersistentPlayer-volumeControl"><button class="BrightspotPersistentPlayer-volumeControl-toggle"></button></div>
        <button class="BrightspotPersistentPlayer-drawerToggle"><span class="BrightspotPersistentPlayer-drawerToggle-text">Available On Air Stations</span></button>
    </div>
    <div class="BrightspotPersistentPlayer-drawer"><div class="BrightspotPersistentPlayer-drawerControls">
        <div class="BrightspotPersistentPlayer-drawerHeading">Available On Air Stations</div>
        <button class="BrightspotPersistentPlayer-drawer-closeButton"><span class="label">Close</span></button></div>
        <div class="BrightspotPersistentPlayer-drawerBody"><ul class="BrightspotPersistentPlayer-streamsList">
{streams}
        </ul></div></div>
</ps-brightspot-persistent-player></div>"""


def header(station: Station) -> str:
    """Everything above the story."""
    return f"""{icons()}
<ps-header class="Page-header">
    <div class="Page-header-hamburger-menu"><div class="Page-header-hamburger-menu-wrapper">
        <div class="Page-header-logo"><a aria-label="home page" href="/" data-cms-ai="0">{picture(station, "header-logo", 216, station.call_sign)}</a></div>
        <div class="Page-header-hamburger-menu-content">{_navigation(station, "NavigationItem")}</div>
    </div></div>
    <div class="Page-header-top-bar"><div class="Page-header-top-bar-content">
        <form class="Page-header-search-form" action="https://{station.host}/search" novalidate><label><span class="sr-only">Search Query</span>
            <input placeholder="Search" type="text" class="Page-header-search-input" name="q" required="true"></label>
            <button type="submit" class="Page-header-search-button">Show Search</button></form>
        <a class="Page-header-donate-button gtm_donate" href="https://{station.host}/donate">Donate</a>
    </div></div>
    {_player(station)}
    <div class="Page-header-nav-bar">{_navigation(station, "DropdownNavigation")}</div>
</ps-header>
<div class="Page-above">{advertisement(station, "leaderboard")}</div>"""


def advertisement(station: Station, slot: str) -> str:
    """A sponsor's place."""
    targets = attribute(f'{{"type":"news-story","tags":[],"category":"News","station":"{station.call_sign}"}}')
    return f"""<div class="AdModule">
    <div class="AdModule-sponsorMessage">Advertisement</div>
    <ps-google-dfp-ad><div id="googleAd-{slot}" class="GoogleDfpAd" data-slot-name="1010421/{station.call_sign}_{slot}" data-slot-sizes="[[320, 50], [728, 90]]" data-targeting-data="{targets}"><span class="GoogleDfpAd-placeholder"></span></div></ps-google-dfp-ad>
    <div class="AdModule-sponsorLink"><a href="https://{station.host}/corporate-sponsorship" class="Link" data-cms-ai="0">Become a {station.call_sign} sponsor</a></div>
</div>"""


def _promo(station: Station, kind: str, title: str) -> str:
    url = f"https://{station.host}/{_slug(title)}"
    return f"""<li class="List-items-item"><ps-promo class="{kind}"><div class="{kind}-media"><a href="{url}" class="Link" aria-label="{attribute(title)}">{picture(station, _slug(title), 280, "")}</a></div>
    <div class="{kind}-content"><div class="{kind}-category"><a class="Link" href="https://{station.host}/news">Local News</a></div>
    <div class="{kind}-title"><a href="{url}" class="Link" data-cms-ai="0">{text(title)}</a></div></div></ps-promo></li>"""


def aside(station: Station) -> str:
    """The column beside the story."""
    latest = "\n".join(_promo(station, "PromoB", title) for title in LISTED)
    return f"""{advertisement(station, "medium_1")}
<div class="ListB"><div class="ListB-header"><h2 class="ListB-header-title">Latest stories</h2></div><ul class="ListB-items">
{latest}
</ul></div>
{advertisement(station, "medium_2")}"""


def below(station: Station) -> str:
    """Related stories, newsletter form and footer."""
    related = "\n".join(_promo(station, "PromoA", title) for title in LISTED[6:])
    columns = "\n".join(
        f"""<div class="FooterNavigationItem"><div class="FooterNavigationItem-text">{text(title)}</div><ul class="FooterNavigationItem-items">
{"".join(f'<li class="FooterNavigationItem-items-item gtm_nav_cat"><a class="NavigationLink" href="https://{station.host}/{_slug(entry)}">{text(entry)}</a></li>' for entry in entries)}
</ul></div>"""
        for title, entries in SECTIONS.items()
    )
    return f"""<div class="Page-below"><div class="ListH"><div class="ListH-header"><h2 class="ListH-header-title">Related Content</h2></div><ul class="ListH-items">
{related}
</ul></div></div>
<footer class="Page-footer"><div class="Page-footer-content">
    <div class="PromoNewsletter"><div class="PromoNewsletter-title">Stay connected</div><div class="PromoNewsletter-description">Get the day's local headlines in your inbox each morning.</div>
        <form class="NewsletterSubscriptionForm-form"><label class="EmailInput-label"><span class="EmailInput-labelText">Email address</span><input class="EmailInput-input" type="email" name="email"></label>
        <button class="Button" type="submit">Subscribe</button></form></div>
    <div class="Page-footer-social"><a class="SocialLink gtm_share" href="https://www.facebook.com/{station.call_sign}">facebook</a><a class="SocialLink gtm_share" href="https://www.instagram.com/{station.call_sign}">instagram</a></div>
    <nav class="FooterNavigation gtm_nav">{columns}</nav>
    <div class="Page-footer-disclaimer"><p>{text(station.name)} is {station.city}'s NPR news source. {station.frequency}</p><p>&copy; 2026 {text(station.name)}</p></div>
</div></footer>"""
