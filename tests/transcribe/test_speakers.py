"""Who a label means: by other labels of the page, by the page's words, or nobody for sure."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.names import Spellings
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.speakers.naming import speakers_of
from pipeline.transcribe.speakers.speaker import Speaker


def _speakers(*paragraphs: str, header: str = "", bylines: tuple[str, ...] = ()) -> list[Speaker]:
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=True).passages
    spellings = Spellings([*(passage.text for passage in passages), header, *bylines])
    return speakers_of(passages, spellings, bylines)


def _last(*paragraphs: str, header: str = "", bylines: tuple[str, ...] = ()) -> tuple[str | None, str | None]:
    speaker = _speakers(*paragraphs, header=header, bylines=bylines)[-1]
    return speaker.name, speaker.rule


@pytest.mark.parametrize(
    ("paragraphs", "name", "rule"),
    [
        (["ANA DIAZ: a"], "Ana Diaz", "printed"),
        (["ANA DIAZ: a", "DIAZ: b"], "Ana Diaz", "surname"),
        (["STACEY VANEK SMITH: a", "VANEK SMITH: b"], "Stacey Vanek Smith", "surname"),
        (["LULU GARCIA-NAVARRO: a", "GARCIA NAVARRO: b"], "Lulu Garcia-Navarro", "surname"),
        (["LULU GARCIA NAVARRO: a", "GARCIA-NAVARRO: b"], "Lulu Garcia Navarro", "surname"),
        (["ANDREW LLOYD-WEBBER: a", "LLOYD WEBBER: b"], "Andrew Lloyd-Webber", "surname"),
        (["ANA DIAZ: a", "DIAZ [in Spanish]: b"], "Ana Diaz", "surname"),
        (["ANA DIAZ: a", "DIAZ (SPEAKING SPANISH): b"], "Ana Diaz", "surname"),
        (["ANA DIAZ (in Spanish): a", "DIAZ (whispering): b"], "Ana Diaz", "surname"),
        (["TINKER SALAS: a", "Here is Miguel Tinker Salas.", "TINKER SALAS: b"], "Miguel Tinker Salas", "mention"),
        (["COOPER HALE: a", "HALE: b"], "Cooper Hale", "surname"),
        (["ED FOX: Here is Cooper Hale.", "COOPER HALE: b"], "Cooper Hale", "printed"),
        (["COOPER HALE, BYLINE: b"], "Cooper Hale", "printed"),
        (["SORAYA SARHADDI NELSON: a", "NELSON: b"], "Soraya Sarhaddi Nelson", "surname"),
        (["LOURDES GARCÍA: a", "GARCIA: b"], "Lourdes García", "surname"),
        (["SENATOR ANA DIAZ: a", "SEN. DIAZ: b"], "Ana Diaz", "surname"),
        (["WENDELL HALE JR: a", "HALE JR.: b"], "Wendell Hale Jr.", "surname"),
        (["LULU MILLER: a", "JAD HALE: b", "LULU: c"], "Lulu Miller", "first_name"),
        (["CAROL OFF: a", "JEFF DOUGLAS: b", "CO: c"], "Carol Off", "initials"),
        (["ANA BURNS-HALE: a", "ED FOX: b", "ABH: c"], "Ana Burns-Hale", "initials"),
    ],
)
def test_labels_explain_labels(paragraphs: list[str], name: str, rule: str) -> None:
    assert _last(*paragraphs) == (name, rule)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("With me is Pia Lorne, who counts boats.", "Pia"),
        ("My guest is Pia Lorne, who counts boats.", "Pia"),
        ("I'm here with Pia Lorne, who counts boats.", "PIA"),
        ("With us today is Pia Lorne. She counts boats.", "PIA"),
        ("With me now is Pia Lorne, a baker.", "PIA"),
    ],
)
def test_who_is_presented_in_full_has_a_given_name_for_a_label_where_the_host_has(said: str, label: str) -> None:
    host = "Zoe" if label.istitle() else "ZOE"
    talk = (f"{label}: Hi.", f"{host}: What did you find?", f"{label}: A cat.")
    assert _last(f"{host}: I'm Zoe Quist. {said}", *talk)[0] == "Pia Lorne"


def test_a_surname_is_no_given_name_of_who_is_presented() -> None:
    talk = ("SIMON: Hi.", "SHAPIRO: What did you find?", "SIMON: A cat.")
    assert _last("SHAPIRO: I'm Ari Shapiro. My guest is Simon Lorne, a baker.", *talk)[0] is None


@pytest.mark.parametrize(
    ("paragraphs", "rule"),
    [
        (["HALE: This is FRESH AIR. I'm Ana Hale."], "ident"),
        (["HALE: My name is Ana Hale."], "self_introduction"),
        (["ED FOX: NPR's Ana Hale joins us.", "HALE: Hello."], "introduction"),
        (["ED FOX: We turn to reporter Ana Hale.", "HALE: Hello."], "introduction"),
        (["ED FOX: NPR's Ana Hale's here.", "HALE: Hello."], "introduction"),
        (["ED FOX: We turn to Harvard Professor Ana Hale.", "HALE: Hello."], "introduction"),
    ],
)
def test_the_pages_words_explain_a_surname(paragraphs: list[str], rule: str) -> None:
    assert _last(*paragraphs) == ("Ana Hale", rule)


def test_teasers_and_bylines_explain_a_surname() -> None:
    assert _last("HALE: Hello.", header="NPR's Ana Hale talks to Ed Fox about rain.") == ("Ana Hale", "introduction")
    assert _last("HALE: Hello.", header="Ana Hale talks to Ed Fox about rain.") == ("Ana Hale", "introduction")
    assert _last("HALE: Hello.", bylines=("Ana Hale",)) == ("Ana Hale", "byline")


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["ED HALE: a", "ANA HALE: b", "HALE: c"],
        ["ED FOX: NPR's Ana Hale and NPR's Jo Hale are here.", "ED FOX: I spoke with Jo Hale.", "HALE: c"],
        ["ED FOX: I knew Ana Hale and Jo Hale.", "HALE: c"],
        ["ED FOX: Here is Ana Hale's brother Jo.", "HALE: c"],
        ["ED FOX: Mr. Hale and President Hale and I met.", "HALE: c"],
        ["ED FOX: I met Keith Barrington and Keith Boyd.", "KEITH B: c"],
        ["SIMON FOX: a", "JO LARK: b", "LARK: c", "SIMON: d"],
        ["MARTIN LUTHER KING JR: a", "JO LARK: b", "LARK: c", "MARTIN: d"],
        ["UNIDENTIFIED PERSON #1: I'm Ana Hale."],
        ["THE POP UPS: a"],
        ["ED FOX: a", "GARCIA NAVARRO: b"],
        ["ED FOX: a", "WHEELER STEWART: b"],
        ["ED FOX: a", "ANA HALE: b", "NAVARRO HALE: c"],
        ["RILEY: My sister told me to call."],
        ["MARTIN: This is Martin Luther King Day."],
        ['TONY: She said, "I\'m Tony."'],
    ],
)
def test_a_wrong_name_is_worse_than_none(paragraphs: list[str]) -> None:
    assert _last(*paragraphs) == (None, None)


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (["SCOTT SIMON: Here is Scott Horsley.", "SCOTT HORSLEY: a", "SIMON: Thank you, Scott."], "Scott Simon"),
        (["SIMON: I'm Scott Simon.", "ANA DIAZ: It is by Paul Simon.", "SIMON: c"], "Scott Simon"),
        (["EVGENY MARTIN: a", "ANA DIAZ: b", "MARTIN: Thank you, Evgeny."], None),
        (["EVGENY MARTIN: a", 'ANA DIAZ: He said, "Hello, I\'m John Martin."', "MARTIN: c"], "Evgeny Martin"),
    ],
)
def test_a_surname_stays_his_who_speaks_to_or_of_a_namesake(paragraphs: list[str], name: str | None) -> None:
    assert _last(*paragraphs)[0] == name


def test_names_that_the_page_only_mentions() -> None:
    assert _last("ED FOX: In Canton lives Anne Marie Graham-Hudak.", "GRAHAM-HUDAK: c") == (
        "Anne Marie Graham-Hudak",
        "mention",
    )
    assert _last("ED FOX: That was Keith Barrington.", "KEITH B: c") == ("Keith Barrington", "printed")


def test_a_label_that_is_a_letter_off_has_the_pages_spelling() -> None:
    assert _last("ED FOX: NPR's Debbie Elliott reports.", "DEBBIE ELLIOT: c", "ELLIOT: d")[0] == "Debbie Elliott"
    assert _last("ED FOX: Debbie Ellis and Debbie Eller.", "DEBBIE ELLER: c", "ELLER: d")[0] == "Debbie Eller"


@pytest.mark.parametrize(
    ("label", "words", "name"),
    [
        ("TONY", "Hello, NPR. This is Tony (ph) in Tucson.", "Tony"),
        ("KATELYN", "I'm Katelyn. I'm 10.", "Katelyn"),
        ("RILEY", "My name is Riley (ph).", "Riley"),
        ("MCKENNA", "Hi. I’m McKenna, and I have a question.", "McKenna"),
        ("DE'ANDRE", "My name's De'Andre from Ohio.", "De'Andre"),
        ("A.D.", "Hey, I'm Ana Diaz.", "Ana Diaz"),
    ],
)
def test_one_name_is_theirs_who_say_it_themselves(label: str, words: str, name: str) -> None:
    assert _last(f"{label}: {words}") == (name, "self_introduction")
    assert _last(f"ED FOX: {words}", f"{label}: Hello.") == (None, None)


def test_honorifics_tell_two_of_one_surname_apart() -> None:
    speakers = _speakers("Mr. ED HALE (Baker): a", "Ms. ANA HALE (Smith): b", "Mr. HALE: c", "Ms. HALE: d")

    assert [speaker.name for speaker in speakers] == ["Ed Hale", "Ana Hale", "Ed Hale", "Ana Hale"]
    assert speakers[3].affiliation == "Smith"


def test_of_siblings_who_lost_a_full_label_nobody_has_the_others_name() -> None:
    one = _speakers("Mr. ED HALE (Baker): a", "Ms. HALE: b", "Mr. HALE: c", header="Ana and Ed Hale bake.")
    none = _speakers("Ms. HALE: b", "Mr. HALE: c", header="Ana and Ed Hale bake.")
    doctor = _speakers("Dr. ANA HALE (Baker): a", "Ms. HALE: b")

    assert [speaker.name for speaker in one] == ["Ed Hale", None, "Ed Hale"]
    assert [speaker.name for speaker in none] == [None, None]
    assert [speaker.name for speaker in doctor] == ["Ana Hale", "Ana Hale"]


def test_a_surname_that_begins_with_a_particle_is_no_full_name_where_prose_has_the_given_one() -> None:
    assert _last("ED FOX: Peter Van Ness runs it.", "VAN NESS: b")[0] == "Peter Van Ness"
    assert _last("ED FOX: Here is Van Jones.", "VAN JONES: b")[0] == "Van Jones"


def test_a_job_before_a_name_is_none_of_it() -> None:
    assert _last("ED FOX: Astronomer Lyle Diaz-Cobb joins us now.", "DIAZ-COBB: b")[0] == "Lyle Diaz-Cobb"


def test_role_and_affiliation_go_with_the_person() -> None:
    host, reporter, again = _speakers(
        "ANA DIAZ, HOST: NPR's Ed Hale reports.", "ED HALE, BYLINE: It rains.", "HALE: It stopped."
    )

    assert (host.role, host.affiliation) == ("host", None)
    assert (reporter.role, reporter.affiliation) == (again.role, again.affiliation) == ("reporter", "NPR")


def test_words_without_a_label_are_theirs_who_say_who_they_are() -> None:
    speakers = _speakers("This is FRESH AIR. I'm Ana Hale.", "ED FOX: Hello.", "HALE: Hello.")

    assert [(speaker.name, speaker.role) for speaker in speakers] == [
        ("Ana Hale", "host"),
        ("Ed Fox", None),
        ("Ana Hale", "host"),
    ]


@pytest.mark.parametrize(
    "lead", ["I'm African American.", 'The ad begins, "I\'m Ana Hale."', "I'm Ana Hale. And I'm Jo Fox.", "I'm late."]
)
def test_words_without_a_label_may_be_nobodys(lead: str) -> None:
    assert _speakers(lead, "ED FOX: Hello.")[0] == Speaker()


@pytest.mark.parametrize(
    ("said", "behind", "names"),
    [
        ("As Ed Hale explains in today's Rain Note, it rains.", ["It is wet.", "It is. I'm Ed Hale."], ["Ed Hale"] * 2),
        ("As Ed Hale explains in today's Rain Note, it does.", ["It is. I'm Ed Hale.", "Ah."], ["Ed Hale", "Ana Diaz"]),
        ("Here is rain.", ["It is wet.", "It is. I'm Ed Hale."], [None, "Ed Hale"]),
        ("Here is rain.", ["It is wet.", "Hi, I'm Ed Hale, a baker.", "I bake."], ["Ana Diaz", "Ed Hale", "Ed Hale"]),
        ("Here is rain.", ["It is wet.", "It is. I'm Ana Diaz."], ["Ana Diaz"] * 2),
        ("Here is rain.", ["It is wet.", 'He said, "I\'m Ed Hale."', "I'm here."], ["Ana Diaz"] * 3),
    ],
)  # fmt: skip
def test_words_behind_a_cue_are_theirs_who_say_their_names(
    said: str, behind: list[str], names: list[str | None]
) -> None:
    paragraphs = [text for words in behind for text in ("(SOUNDBITE OF RAIN)", words)]
    found = _speakers(f"ANA DIAZ, HOST: {said}", *paragraphs)[2::2]

    assert [speaker.name for speaker in found] == names


def test_going_on_behind_a_cue_is_less_sure() -> None:
    first, cue, second = _speakers("ANA DIAZ, HOST: a", "(LAUGHTER)", "b")

    assert cue == Speaker()
    assert (first.confidence, second.confidence) == (1.0, 0.9)
    assert second.name == "Ana Diaz"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("It is a long story, as NPR's Ana Diaz reports.", "Ana Diaz"),
        ("And here is your host, at the Fitzgerald in St. Paul, Ana Diaz.", "Ana Diaz"),
        ("Correspondent Ana Diaz has more.", "Ana Diaz"),
        ("Ana Diaz has this note on rain.\n\nRain\n\nAnd Snow", "Ana Diaz"),
        ("Ana Diaz is my guest.", None),
        ("Ana Diaz reports. It is a long story.", None),
    ],
)
def test_who_is_called_speaks_where_a_label_was_lost(words: str, name: str | None) -> None:
    passages = write_script([Block(f"ED HALE, HOST: {words}"), Block("It rains.", 2)], is_all_spoken=True).passages
    speakers = speakers_of(passages, Spellings(passage.text for passage in passages), ())

    assert speakers[1].name == name


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (["GENE DEMBY, HOST: Hi.", "DEBMY: I'm Gene Demby."], "Gene Demby"),
        (["GENE DEMBY, HOST: Hi.", "DEBMY: It rains."], None),
        (["STEVE (Caller): Hi, Neal."], "Steve"),
        (["It is said that Correspondent Ana Diaz joins us.", "DIAZ: Hi."], "Ana Diaz"),
        (["Hey. I'm B.A. Parker.", "PARKER: Hi."], "B.A. Parker"),
    ],
)
def test_slips_callers_titles_and_initials(paragraphs: list[str], name: str | None) -> None:
    assert _last(*paragraphs)[0] == name


def _called_by_first_names(*paragraphs: str) -> dict[str | None, str | None]:
    """Names by label, of a page in Title Case."""
    passages = write_script([Block(text) for text in paragraphs], is_all_spoken=False).passages
    spellings = Spellings([*(passage.text for passage in passages), *paragraphs])
    found = speakers_of(passages, spellings, [])
    return {
        passage.label.printed if passage.label else None: speaker.name
        for passage, speaker in zip(passages, found, strict=True)
    }


_FIRST_NAMES = (
    "This episode was reported and produced by Cy Roe, Jo Fox and Al Poe.",
    *("Ana:", "Hey, I'm Ed Hale.", "Ed:", "Ana Diaz.", "Ana:", "And this is Rainfall, our show about the weather."),
    *("Ed:", "You will hear from Jo today.", "Sy:", "Hello.", "Ana:", "Where did you go this time, Jo?"),
    *("Jo:", "I went to Lowell to see it rain.", "Ed:", "(laughing)", "Jo:", "And we got there by bus."),
)


def test_first_names_are_theirs_who_say_their_full_names_or_made_the_page() -> None:
    names = _called_by_first_names(*_FIRST_NAMES)
    assert names == {"Ana": "Ana Diaz", "Ed": "Ed Hale", "Sy": None, "Jo": "Jo Fox"}


def test_a_first_name_is_nobodys_where_the_page_knows_two() -> None:
    names = _called_by_first_names(*_FIRST_NAMES, "Ed:", "We called Jo Gray.")
    assert names["Jo"] is None


def test_a_label_alone_above_laughter_says_who_laughs() -> None:
    passages = write_script([Block(text) for text in _FIRST_NAMES]).passages
    assert [p.label.printed for p in passages if p.label and p.text == "(laughing)"] == ["Ed"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Tim says it rains.", "Tim Roe"),
        ("Tim, does it rain?", None),
        ("Tim says it rains. So does Jo Tim.", "Jo Tim"),
    ],
)
def test_a_child_is_called_by_the_given_name_by_which_he_is_told_of(said: str, name: str | None) -> None:
    assert _last("ANA DIAZ: a", "TIM ROE: b", f"DIAZ: {said}", "TIM: c")[0] == name


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (["FAY: And I'm Georgie.", "ED: Sorry Georgie, it rained.", "GEORGIE: And I'm Georgie."], "Georgie"),
        (["TOM: This is Rain with me, Tom.", "SAM: And me, Sam."], "Sam"),
        (["ANA DIAZ: We have a call from Ed Hale. Ed, are you there?", "ED: I bake."], "Ed Hale"),
        (["JO FOX: I'm Jo Fox.", "ED HALE.: Hi.", "J.F.: I bake."], "Jo Fox"),
        (["ANA DIAZ: Commentator Ed Hale bakes.", "HALE: I bake."], "Ed Hale"),
        (["ANA DIAZ: Filmmaker Ed Hale bakes.", "HALE: I bake."], "Ed Hale"),
        (["ANA DIAZ: We met Multi-instrumentalists Ed.", "ED: I bake."], None),
        (["ANA DIAZ: We met Singers Jo and Ed.", "ED: I bake."], None),
        ([*["ED HALE: I bake."] * 3, "JO FOX: Ed Roe left.", "ED: I eat."], None),
        ([*["ED HALE: I bake."] * 3, "JO FOX: Ed Hale’s cake.", "ED: I eat."], "Ed Hale"),
        (["DIAZ: With us are Bakers Jo and Ed Hale.", "JO: I bake.", "ED: I eat."], "Ed Hale"),
        (["DIAZ: With us are Brothers Jo and Ed Hale.", "ED: I eat.", "JO: I bake."], "Jo Hale"),
        (["DIAZ: I'm here with Jo and Ed Hale.", "ED: I eat.", "JO: I bake."], None),
        (
            ["DIAZ: With us are the couple Jo and Ed Hale.", "DIAZ: Jo Hale’s cake.", "ED: I eat.", "JO: I bake."],
            "Jo Hale",
        ),
        (["DIAZ: With us are the couple Jo and Ed Hale.", "DIAZ: Jo Fox left.", "ED: I eat.", "JO: I bake."], None),
        (["DIAZ: With us are the couple Jo and Ed Hale.", "FOX: I eat.", "JO: I bake."], None),
        (
            ["HOST: This is FRESH AIR. I'm Ana Diaz.", "GUEST: Hi.", "HOST: Who?", "GUEST: Me.", "HOST: You?"],
            "Ana Diaz",
        ),
        (["JO: It rained.", "ED HALE: That's Jo Fox. She bakes.", "JO: It did."], "Jo Fox"),
        (["JO: I act.", "ED HALE: And?", "JO: I saw one.", "ED HALE: That's Jo Van Fleet. Correct.", "JO: Ah."], None),
        (["JO: Who acted?", "ED HALE: That's Jo Van Fleet. Correct.", "JO: Ah."], None),
        (["JO: I act.", "ED HALE: And?", "JO: I.", "ED HALE: That's producer Jo Fox.", "JO: Ah."], "Jo Fox"),
        (["HOST: I'm Ana Diaz.", "GUEST: Hi.", "HOST: I'm Ed Hale.", "GUEST: Me.", "HOST: You?"], None),
    ],
)
def test_first_words_jobs_and_parts_are_no_names(paragraphs: list[str], name: str | None) -> None:
    assert _last(*paragraphs)[0] == name


FIRST_NAMES = ("JO FOX: I'm Jo Fox.", "ED HALE: And I'm Ed Hale.", "JO: Here is a story.")


@pytest.mark.parametrize(
    ("told", "said", "name"),
    [
        ("ED: Hope is working. And Hope, she has a cold.", "HOPE: I bake.", "Hope"),
        ("ED: Hope Diaz is working.", "HOPE: I bake.", None),
        ("ED: We met Ms. Hope.", "HOPE: I bake.", None),
        ("ED: We met Ana Hope.", "HOPE: I bake.", None),
        ("ED: We hope so.", "HOPE: I bake.", None),
        ("ED: Hope is working.", "HOPE: My name is [inaudible].", None),
    ],
)
def test_who_is_told_of_by_a_first_name_where_all_are(told: str, said: str, name: str | None) -> None:
    assert _last(*FIRST_NAMES, told, said)[0] == name


def test_surnames_are_no_first_names() -> None:
    assert _last("ANA DIAZ: Hope is working.", "DIAZ: It rains.", "HOPE: I bake.") == (None, None)
