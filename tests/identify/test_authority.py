from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.identify.authority.dated import BY_DAY, with_dated_names
from pipeline.identify.authority.files import load_authority
from pipeline.identify.authority.hosts import BY_NAME, BY_OFFICE, is_left_open, with_host_roles, with_known_hosts
from pipeline.records import Byline, Reading
from tests.lake.factory import Look

HOSTS_ON = (
    ("All Things Considered", date(2001, 9, 11), {"Robert Siegel", "Linda Wertheimer", "Noah Adams"}),
    ("Morning Edition", date(2018, 6, 1), {"Steve Inskeep", "David Greene", "Rachel Martin", "Noel King"}),
    ("Fresh Air", date(2000, 1, 1), {"Terry Gross"}),
)
BAD_FILES = (
    ('[[person]]\nname = "Tony"', "Tony"),
    ('[[person]]\nname = "Ana Diaz"\nroles = [{ role = "boss" }]', "Ana Diaz: roles: 0: role"),
    ('[[person]]\nname = "Ana Diaz"\nroles = [{ role = "host", from = 2010, to = 2001 }]', "before it begins"),
    ('[[person]]\nname = "Ana Diaz"\n[[person]]\nname = "Ana Diaz"', 'id = "ana-diaz-2"'),
    ('[[person]]\nname = "Ana Diaz"\ncalled = [{ name = "President Diaz", from = 2001 }]', "Ana Diaz: called: 0: to"),
    ("person = 3", "person"),
    ("[[", "not TOML"),
)


def reading(*said: tuple[str | None, str], program: str = "Morning Edition", day: date = date(2018, 6, 1)) -> Reading:
    made = Look(said=said, program=program, air_date=day).ingested().reading
    assert made is not None
    turns = tuple(
        replace(turn, speaker_label=label, speaker_name=None, speaker_role=None, name_rule=None, confidence=None)
        for turn, (label, _) in zip(made.turns, said, strict=True)
    )
    return replace(made, turns=turns, bylines=())


class TestAuthority:
    @pytest.mark.parametrize(("program", "day", "names"), HOSTS_ON)
    def test_hosts_of_a_day(self, program: str, day: date, names: set[str]) -> None:
        assert {person.name for person, _ in load_authority().hosts_of(program, day)} >= names

    @pytest.mark.parametrize(
        ("name", "program", "day", "roles", "here"),
        [
            ("Terry Gross", "Fresh Air", date(2014, 5, 1), {"host"}, True),
            ("Terry Gross", None, None, {"host"}, False),
            ("Ari Shapiro", "All Things Considered", date(2019, 5, 1), {"host", "reporter"}, True),
            ("Ari Shapiro", "All Things Considered", date(2008, 5, 1), {"reporter"}, False),  # as yet
            ("Linda Wertheimer", "All Things Considered", date(2010, 5, 1), {"host", "reporter"}, False),  # no more
            ("Bob Edwards", "Morning Edition", date(1990, 5, 1), {"host"}, True),
            ("Bob Edwards", "Morning Edition", date(2010, 5, 1), {"host", "guest"}, False),  # of who hosts now
            ("Nina Totenberg", "Fresh Air", None, {"reporter"}, False),
            ("Molly Webster", "Radiolab", None, {"reporter"}, False),
            ("Brooke Gladstone", "On the Media", None, {"host"}, True),  # who reported until she hosted
            ("Brooke Gladstone", None, date(1999, 5, 1), {"reporter"}, False),
        ],
    )
    def test_what_somebody_is_known_for(
        self, name: str, program: str | None, day: date | None, roles: set[str], *, here: bool
    ) -> None:
        known = load_authority().standing(name, program, day)
        assert known is not None
        assert (set(known.roles), known.hosts_here) == (roles, here)

    def test_strangers_are_known_for_nothing(self) -> None:
        authority = load_authority()
        assert authority.standing("Zora Quist", "Fresh Air", None) is None
        assert authority.standing("Molly Webster", "Nancy", None) is None  # of one programme, on another
        assert authority.standing_of_surname("QUIST", None, None) is None
        assert authority.standing_of_surname("SMITH", None, None) is None  # hosts and others

    def test_idents_are_no_plain_words(self) -> None:
        idents = load_authority().idents
        assert {"Radiolab", "This American Life"} <= set(idents)
        assert {"Today", "Ideas"}.isdisjoint(idents)

    def test_a_surname_of_a_panel(self) -> None:
        known = load_authority().standing_of_surname("POUNDSTONE", None, None)
        assert known is not None
        assert (set(known.roles), set(known.regular_on)) == (set(), {"waitwaitdonttellme"})

    def test_a_surname_that_hosts_alone_have(self) -> None:
        known = load_authority().standing_of_surname("INSKEEP", None, None)
        assert known is not None
        assert (set(known.programs), "host" in known.roles) == ({"allthingsconsidered", "morningedition"}, True)

    def test_a_reporter_of_a_station_is_met_there_alone(self) -> None:
        known = load_authority().standing_of_surname("MARTIN", "Morning Edition", None)
        assert known is not None
        assert known.hosts_here

    def test_of_two_surnames_with_a_hyphen_one_is_nobodys(self) -> None:
        authority = load_authority()
        assert authority.standing_of_surname("COANE", None, None) is None
        assert authority.standing_of_surname("MOSS-COANE", None, None) is not None

    def test_several_hundred_people_are_known(self) -> None:
        people = load_authority().people
        assert len(people) > 500
        assert len({person.person_id for person in people}) == len(people)

    @pytest.mark.parametrize(("text", "said"), BAD_FILES)
    def test_errors_name_the_entry(self, tmp_path: Path, text: str, said: str) -> None:
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=r"own\.toml") as caught:
            load_authority((file,))
        assert said in str(caught.value)

    def test_own_entries_take_the_place_of_built_in_ones(self, tmp_path: Path) -> None:
        file = tmp_path / "own.toml"
        file.write_text('[[person]]\nname = "Terry Gross"\naliases = ["Theresa Gross"]\n', encoding="utf-8")
        (person,) = load_authority((file,)).called("theresa gross")
        assert (person.person_id, person.roles) == ("terry-gross", ())


class TestHosts:
    def test_a_surname_is_the_host_of_that_day(self) -> None:
        found = with_known_hosts(reading(("MARTIN", "Good morning."), ("GREENE", "Hi.")), load_authority())
        assert [(turn.speaker_name, turn.name_rule, turn.confidence) for turn in found.turns] == [
            ("Rachel Martin", "authority", BY_OFFICE),
            ("David Greene", "authority", BY_OFFICE),
        ]
        assert found.turns[0].speaker_role == "host"

    def test_a_first_name_that_is_said_raises_confidence(self) -> None:
        found = with_known_hosts(reading(("MARTIN", "Good morning."), ("X Y", "Hey, Rachel.")), load_authority())
        assert found.turns[0].confidence == BY_NAME

    @pytest.mark.parametrize(
        "page",
        [
            reading(("MARTIN", "Hi."), day=date(2030, 1, 1)),
            reading(("MARTIN", "Hi."), program="A Local Show"),
            reading(("MARTIN", "Hi."), ("JONES", "Here is Sheila Martin of Duke.")),
            replace(reading(("MARTIN", "Hi.")), bylines=(Byline(1, "Sheila Martin", None, None, "Sheila Martin"),)),
        ],
        ids=["another year", "another programme", "somebody else is spoken of", "somebody else has the byline"],
    )
    def test_nobody_where_it_is_not_sure(self, page: Reading) -> None:
        day_2030_has_hosts = page.transcript is not None and page.transcript.air_date == date(2030, 1, 1)
        found = with_known_hosts(page, load_authority())
        names = {turn.speaker_name for turn in found.turns}
        assert names == ({"Michel Martin"} if day_2030_has_hosts else {None})

    @pytest.mark.parametrize(
        ("name", "role", "program", "day", "known"),
        [
            ("Rachel Martin", None, "Morning Edition", date(2018, 6, 1), "host"),
            ("Rachel Martin", "guest", "Morning Edition", date(2018, 6, 1), "guest"),
            ("Rachel Martin", None, "Morning Edition", date(2008, 6, 1), None),
            ("Rachel Martin", None, "Fresh Air", date(2018, 6, 1), None),
            ("Darian Woods", None, "The Indicator from Planet Money", date(2022, 6, 1), "host"),
            ("Rachel Marvin", None, "Morning Edition", date(2018, 6, 1), None),
        ],
        ids=["his years", "the page says his part", "other years", "another programme", "years unknown", "another"],
    )
    def test_who_is_named_in_full_is_host_where_the_page_is_silent(
        self, name: str, role: str | None, program: str, day: date, known: str | None
    ) -> None:
        page = reading((name.upper(), "Good morning."), ("JONES", "Hi."), program=program, day=day)
        named = replace(page.turns[0], speaker_name=name, speaker_role=role)
        found = with_host_roles(replace(page, turns=(named, *page.turns[1:])), load_authority())
        assert [turn.speaker_role for turn in found.turns] == [known, None]

    def test_a_station_has_hosts_of_its_own(self) -> None:
        page = reading(("MARTIN", "Hi."))
        assert page.transcript is not None
        assert not is_left_open(
            replace(page, transcript=replace(page.transcript, station="KUNC", npr_id=None, rights=None))
        )


ELDER, YOUNGER = "George H.W. Bush", "George W. Bush"
BUSHES = {
    "in his years": ("GEORGE BUSH", None, date(2002, 4, 12), "", YOUNGER),
    "by his office": ("PRESIDENT BUSH", None, date(2002, 4, 12), "", YOUNGER),
    "by an office shortened": ("Pres. BUSH", None, date(2002, 4, 12), "", YOUNGER),
    "on the day he came into office": ("GEORGE BUSH", None, date(1989, 1, 20), "", ELDER),
    "in the elder's years": ("PRESIDENT BUSH", None, date(1991, 2, 27), "", ELDER),
    "the page names his father": ("GEORGE BUSH", None, date(2002, 4, 12), "So said George H.W. Bush.", None),
    "the page tells him from a former one": ("GEORGE BUSH", None, date(2005, 1, 3), "Former President Bush.", None),
    "between their years": ("GEORGE BUSH", None, date(1999, 6, 1), "", None),
    "after both": ("PRESIDENT BUSH", None, date(2015, 6, 1), "", None),
    "another Bush": ("JEB BUSH", None, date(2002, 4, 12), "", None),
    "a name the page knows": ("BUSH", "George Bush", date(2002, 4, 12), "", YOUNGER),
    "a name the page is sure of": ("BUSH", "Laura Bush", date(2002, 4, 12), "", "Laura Bush"),
}


class TestDatedNames:
    @pytest.mark.parametrize(("label", "name", "day", "text", "meant"), BUSHES.values(), ids=BUSHES)
    def test_mean_who_was_called_so_on_the_day(
        self, label: str, name: str | None, day: date, text: str, meant: str | None
    ) -> None:
        page = reading((label, f"We will see. {text}"), day=day)
        page = replace(page, turns=(replace(page.turns[0], speaker_name=name, name_rule=name and "surname"),))
        [turn] = with_dated_names(page, load_authority()).turns
        assert (turn.speaker_label, turn.speaker_name) == (label, meant)
        if meant != name:
            assert (turn.name_rule, turn.confidence) == ("authority", BY_DAY)

    @pytest.mark.parametrize("name", ["Ana D\u00edaz", "Ana Di\u0301az"], ids=["composed", "with an accent of its own"])
    def test_anybody_may_add_some(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / "own.toml"
        file.write_text(
            f'[[person]]\nname = "{name}"\ncalled = [{{ name = "Mayor Diaz", from = 2010, to = "present" }}]\n',
            encoding="utf-8",
        )
        page = reading(("MAYOR DIAZ", "Good morning."), day=date(2024, 1, 1))
        assert with_dated_names(page, load_authority((file,))).turns[0].speaker_name == "Ana D\u00edaz"
