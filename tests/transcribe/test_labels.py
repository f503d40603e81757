"""What is a label, and what only looks like one: the forms of real pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcribe.labels.label import find_label

# label as printed, tokens of the name, role, affiliation, honorific, suffix
LABELS = [
    ("MICHELE KELEMEN, BYLINE:", ("MICHELE", "KELEMEN"), "reporter", None, None, None),
    ("STEVE INSKEEP, HOST:", ("STEVE", "INSKEEP"), "host", None, None, None),
    ("NEAL CONAN, host:", ("NEAL", "CONAN"), "host", None, None, None),
    ("STEVE INSKEEP, Host:", ("STEVE", "INSKEEP"), "host", None, None, None),
    ("SUSAN DAVIS, CO-HOST:", ("SUSAN", "DAVIS"), "host", None, None, None),
    ("KENT COVINGTON, NEWS ANCHOR:", ("KENT", "COVINGTON"), "host", None, None, None),
    ("ANNA JOHANSEN BROWN, REPORTER:", ("ANNA", "JOHANSEN", "BROWN"), "reporter", None, None, None),
    ("NINA HALE, LEGAL AFFAIRS CORRESPONDENT:", ("NINA", "HALE"), "reporter", None, None, None),
    ("JUNE, CALLER:", ("JUNE",), "caller", None, None, None),
    ("Mr. ED HALE(ph) (Farmer):", ("ED", "HALE"), "guest", "Farmer", "Mr.", None),
    ("Mr. ED HALE (ph) (Farmer):", ("ED", "HALE"), "guest", "Farmer", "Mr.", None),
    ("KELEMEN:", ("KELEMEN",), None, None, None, None),
    ("GARCIA-NAVARRO:", ("GARCIA-NAVARRO",), None, None, None, None),
    ("DE LA PENA:", ("DE", "LA", "PENA"), None, None, None, None),
    ("O’DWYER:", ("O’DWYER",), None, None, None, None),
    ("McCAIN:", ("McCAIN",), None, None, None, None),
    ("FRANCO ORDOÑEZ, BYLINE:", ("FRANCO", "ORDOÑEZ"), "reporter", None, None, None),
    ("A MARTÍNEZ, HOST:", ("A", "MARTÍNEZ"), "host", None, None, None),
    ("JB PRITZKER:", ("JB", "PRITZKER"), None, None, None, None),
    ("CO:", ("CO",), None, None, None, None),
    ("MARTIN LUTHER KING JR:", ("MARTIN", "LUTHER", "KING"), None, None, None, "Jr."),
    ("HAYES JR.:", ("HAYES",), None, None, None, "Jr."),
    ("MARTIN LUTHER KING, JR.:", ("MARTIN", "LUTHER", "KING"), None, None, None, "Jr."),
    ("SAM DAVIS, JR., HOST:", ("SAM", "DAVIS"), "host", None, None, "Jr."),
    ("JAMES FOX III:", ("JAMES", "FOX"), None, None, None, "III"),
    ("MALCOLM X:", ("MALCOLM", "X"), None, None, None, None),
    ('DWAYNE "THE ROCK" JOHNSON:', ("DWAYNE", '"THE', 'ROCK"', "JOHNSON"), None, None, None, None),
    ("A$AP ROCKY:", ("A$AP", "ROCKY"), None, None, None, None),
    ("PRESIDENT DONALD TRUMP:", ("DONALD", "TRUMP"), None, None, None, None),
    ("FORMER PRESIDENT BILL CLINTON:", ("BILL", "CLINTON"), None, None, None, None),
    ("FORMER VICE PRESIDENT DICK CHENEY:", ("DICK", "CHENEY"), None, None, None, None),
    ("President GEORGE W. BUSH:", ("GEORGE", "W.", "BUSH"), None, None, None, None),
    ("LT. GOV. DAN PATRICK:", ("DAN", "PATRICK"), None, None, None, None),
    ("STATE REPRESENTATIVE ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("U.S. SENATOR ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("SENATOR HATCH:", ("HATCH",), None, None, None, None),
    ("COMPTROLLER ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("SHERIFF ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("JUSTICE SONIA SOTOMAYOR:", ("SONIA", "SOTOMAYOR"), None, None, None, None),
    ("KING:", ("KING",), None, None, None, None),
    ("MAJOR GARRETT:", ("MAJOR", "GARRETT"), None, None, None, None),
    ("MAJOR ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("DR. OTIS BRAWLEY:", ("OTIS", "BRAWLEY"), None, None, "DR.", None),
    ("SIR DAVID HALE:", ("DAVID", "HALE"), None, None, "SIR", None),
    ("LADY BIRD JOHNSON:", ("LADY", "BIRD", "JOHNSON"), None, None, None, None),
    ("Ms. HANIF:", ("HANIF",), None, None, "Ms.", None),
    ("Mr. JOHN NICHOLS (The Nation):", ("JOHN", "NICHOLS"), "guest", "The Nation", "Mr.", None),
    (
        'Ms. MOSETTE HALE (Author, "Triumvirate: McKim, Mead and White (1890)"):',
        ("MOSETTE", "HALE"), "guest", 'Author, "Triumvirate: McKim, Mead and White (1890)"', "Ms.", None,
    ),
    ("Mr. ED HALE (Photographer):", ("ED", "HALE"), "guest", "Photographer", "Mr.", None),
    ("MONYRATH YOS (through translator):", ("MONYRATH", "YOS"), None, None, None, None),
    ("YOS (translated):", ("YOS",), None, None, None, None),
    ("KAYE (on camera):", ("KAYE",), None, None, None, None),
    ("KAYE (on tape):", ("KAYE",), None, None, None, None),
    ("Mr. ED HALE (As Nigel Tufnel):", ("ED", "HALE"), None, None, "Mr.", None),
    ("Mr. ED HALE (Actor) (As Nigel Tufnel):", ("ED", "HALE"), "guest", "Actor", "Mr.", None),
    ("Mr. ED HALE (Baker) :", ("ED", "HALE"), "guest", "Baker", "Mr.", None),
    ("Sen. ANA DIAZ, (D-Ohio):", ("ANA", "DIAZ"), "guest", "D-Ohio", None, None),
    ("ED HALE :", ("ED", "HALE"), None, None, None, None),
    ("ED HALE, COMMENTATOR:", ("ED", "HALE"), "other", None, None, None),
    ("DEFENSE MINISTER ANA DIAZ:", ("ANA", "DIAZ"), None, None, None, None),
    ("SENATE MAJORITY LEADER ED HALE:", ("ED", "HALE"), None, None, None, None),
    ("Brigadier General ED HALE:", ("ED", "HALE"), None, None, None, None),
    ("FIRE CHIEF ED HALE:", ("ED", "HALE"), None, None, None, None),
    ("CHIEF HALE:", ("HALE",), None, None, None, None),
    ("LORD ED HALE:", ("ED", "HALE"), None, None, "LORD", None),
    ("LORD HURON:", ("LORD", "HURON"), None, None, None, None),
]  # fmt: skip

ANONYMOUS = [
    ("UNIDENTIFIED PERSON #1:", None),
    ("AI-GENERATED VOICE #1:", None),
    ("INTERVIEWER:", "host"),
    ("UNIDENTIFIED SMAP MEMBER:", None),
    ("Unidentified Man #2:", None),
    ("UNIDENTIFIED CALLER:", "caller"),
    ("UNIDENTIFIED REPORTER #3:", "reporter"),
    ("UNIDENTIFIED MAN (through interpreter):", None),
    ("UNKNOWN PERSON:", None),
    ("Automated Voice:", None),
    ("POLICE OFFICER:", None),
    ("WOMAN, narrating:", None),
    ("STRANDED MOTORIST:", None),
    ("AUDIENCE MEMBER:", None),
    ("FLIGHT ATTENDANT:", None),
    ("911 OPERATOR:", None),
    ("COURT CLERK:", None),
    ("PA ANNOUNCER:", "announcer"),
    ("STUDENT #1:", None),
    ("DEMOCRATIC VOTER #2:", None),
    ("REPORTER:", "reporter"),
    ("ANNOUNCER:", "announcer"),
    ("SANDERS SUPPORTERS:", None),
    ("SPEAKER 2:", None),
    ("THE POP UPS:", None),
    ("MAROON 5:", None),
    ("KITKA WOMEN'S VOCAL ENSEMBLE:", None),
    ("ANA DIAZ AND ED HALE:", None),
    ("DIAZ + HALE:", None),
    ("PRIME MINISTER:", None),
    ("DEPUTY MAYOR:", None),
]

# What stands at the beginning of paragraphs and is no label (the label grammar's false friends).
FALSE_FRIENDS = [
    "pronouncements like: A writer", "Then mvula yodzalira: planting rain", "a summer of extremes: fires",
    "Tell us your story: 800-555-0100", "Number one: what is this", "A: Governor Eats Cookie", "Q: And carrots?",
    '"Caesar, CEO: Business Secrets of the Ancient Masters"', '"Pay Any Price: Greed, Power"', "Sunday Puzzle: A Twist",
    "Week In Politics: The House", "WATCH: The last sailing", "Small talk: Grocery line", "500: 500!",
    "Chapter 5: The end", "CHAPTER 5: The end", "STEP 1: Wash", "DAY 2: Rain", "HOST: Steve Hale",
    "REPORTERS: Ana Diaz", "GUEST: Ana Diaz", "Producer: Ana Diaz", "Hosts: Ana Diaz and Ed Hale", "NOTE: Turnips vary",
    "SUBJECTS: Rain; roads",
    "Editor’s Note: This", "EDITOR’S NOTE: This", "HTML EMBED:", "Cases: 12", "NATS: (birds)", "SOUNDBITE: (birds)",
    "AUDIO: [Orchestra]", "3:09 p.m. on Friday", "10:00 PM", "6:07.", "6:30 Friday", "12:35 p.m.",
    "http://www.npr.org/", "HTTP://WWW.NPR.ORG", "FRESH AIR, weekdays: at 3", "WHAT: A supper", "WHERE: The hall",
    "MYTH: Bees sleep", "FACT: They do", "OK: so", "BREAKING NEWS: Rain", "I: me", "U: you",
    "Students: bring a pencil", "Caller: ring back", "Mary Ostrander, 81: a rower", "ANA DIAZ, SAN DIEGO: rain",
    "ANA (who knows: nobody) said: no", "Ana Diaz: Hello", "", ":", ": Hello", "ANA DIAZ", "(ANA DIAZ: Hello)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "tokens", "facts"), [(printed, tokens, facts) for printed, tokens, *facts in LABELS]
)
def test_labels(printed: str, tokens: tuple[str, ...], facts: list[str | None]) -> None:
    label = find_label(f"{printed} Hello: there.")

    assert label is not None
    assert label.is_named
    assert label.tokens == tokens
    assert [label.role, label.affiliation, label.honorific, label.suffix] == facts
    assert f"{printed} Hello: there."[label.end :] == " Hello: there."


@pytest.mark.parametrize(("printed", "role"), ANONYMOUS)
def test_labels_that_name_nobody(printed: str, role: str | None) -> None:
    label = find_label(f"{printed} (Chanting) Open the door.")

    assert label is not None
    assert (label.is_named, label.tokens, label.role) == (False, (), role)


@pytest.mark.parametrize("paragraph", FALSE_FRIENDS)
def test_false_friends(paragraph: str) -> None:
    assert find_label(paragraph) is None


def test_the_printed_label_is_kept_without_role_and_parentheses() -> None:
    printed = [
        find_label(paragraph)
        for paragraph in ("ANA DIAZ, HOST: Hi", "Ms. ANA DIAZ (Baker): Hi", "SENATOR DIAZ: Hi", "ED HALE, JR.: Hi")
    ]

    assert [label and label.printed for label in printed] == [
        "ANA DIAZ",
        "Ms. ANA DIAZ",
        "SENATOR DIAZ",
        "ED HALE, JR.",
    ]


def test_a_label_needs_no_blank_behind_its_colon() -> None:
    label = find_label("BOB GARFIELD:And")

    assert label is not None
    assert label.end == len("BOB GARFIELD:")


@given(st.text(max_size=300))
def test_no_paragraph_is_too_strange(paragraph: str) -> None:
    label = find_label(paragraph)

    assert label is None or paragraph[label.end - 1] == ":"
