from pathlib import Path
from random import Random

import pytest

from pipeline.identify.authority.files import load_authority
from pipeline.identify.names import person_name
from pipeline.identify.people.appearances import Appearance
from pipeline.identify.people.ids import Claim, Registry, given_ids
from tests.benchmarks.clusters import agreement
from tests.benchmarks.corpus.people import World
from tests.benchmarks.people import linked as linked_corpus
from tests.benchmarks.people import mentions_of, naive
from tests.identify.people import ME, heard, ids, linked
from tests.identify.sightings import sightings_of

ONE_PERSON = {
    "accents": [heard("Renée Fleming"), heard("Renee Fleming")],
    "rare name, whatever it does": [heard("Zora Quist", "reporter"), heard("Zora Quist", "guest", "Tufts University")],
    "middle initial": [heard("Zora Quist", times=3), heard("Zora B. Quist")],
    "short form, same work": [heard("Robert Quist", "reporter", times=5), heard("Bob Quist", "reporter")],
    "initial, same work": [heard("Neal Quist", "host", times=5), heard("N. Quist", "host")],
    "a surname more": [heard("Anna Quist", "reporter", times=5), heard("Anna Quist Lund", "reporter", year=2014)],
    "a typo against a hundred": [heard("Michele Kelemen", "reporter", times=100), heard("Michele Keleman", "reporter")],
    "role lost": [heard("David Brown", "host", times=30), heard("David Brown", None)],
    "a title": [heard("Amy Klobuchar", "guest"), heard("Sen. Amy Klobuchar", "guest")],
    "a regular of common name": [heard("David Brooks", "guest", year=2012, times=5), heard("David Brooks", "guest")],
    "the same affiliation": [
        heard("John Smith", "guest", "Professor, Stanford University"),
        heard("John Smith", "guest", "Stanford", year=2011),
    ],
}
NOT_ONE_PERSON = {
    "common name, other affiliation": [
        heard("John Smith", "guest", "Stanford University"),
        heard("John Smith", "guest", "Mayor of Boise"),
    ],
    "common name, other place": [heard("John Smith", None, "Boise, Idaho"), heard("John Smith", None, "Reno, Nevada")],
    "common name, staff of two networks": [
        heard("John Smith", "reporter"),
        heard("John Smith", "reporter", network="ABC"),
    ],
    "common name, a guest long before": [
        heard("John Smith", "guest", "Mayor of Boise", year=2016),
        heard("John Smith", "guest", year=1999),
    ],
    "common name, no affiliation": [heard("John Smith", "guest", program="A"), heard("John Smith", program="B")],
    "two middle initials": [heard("George W. Quist", times=9), heard("George H. Quist", times=3)],
    "father and son": [heard("Zora Quist Jr."), heard("Zora Quist Sr.")],
    "names that differ by a letter": [heard("Joan Kelly", "reporter", times=100), heard("John Kelly", "reporter")],
    "a typo as frequent": [heard("Zora Quistan", "reporter", times=30), heard("Zora Quisten", "reporter", times=25)],
    "a short form, other work": [heard("Robert Quist", "guest", program=ME), heard("Bob Quist", "reporter")],
    "a whole middle name": [heard("Zora Quist", "host", times=9), heard("Zora Lily Quist", "reporter", program=ME)],
}


def _ends(case: list[list[Appearance]]) -> list[str | None]:
    first, second = case
    return ids(linked([*first, *second]), [first[0], second[0]])


class TestLinking:
    @pytest.mark.parametrize("case", ONE_PERSON.values(), ids=ONE_PERSON.keys())
    def test_one_person(self, case: list[list[Appearance]]) -> None:
        one, other = _ends(case)
        assert one == other
        assert one is not None

    @pytest.mark.parametrize("case", NOT_ONE_PERSON.values(), ids=NOT_ONE_PERSON.keys())
    def test_not_one_person(self, case: list[list[Appearance]]) -> None:
        one, other = _ends(case)
        assert one is None or one != other

    def test_unsure_is_unlinked(self) -> None:
        appeared = [
            *heard("John Smith", "guest", "Stanford University"),
            *heard("John Smith", "guest", "Mayor of Boise", year=2011),
            *heard("John Smith", "guest", program=None, year=2012),
        ]
        assert ids(linked(appeared), appeared) == ["john-smith", "john-smith-2", None]

    def test_known_people_by_their_aliases(self) -> None:
        appeared = [*heard("Lourdes Garcia-Navarro", "reporter"), *heard("Lulu Garcia-Navarro", "host", year=2018)]
        found = linked(appeared, load_authority())
        assert ids(found, appeared) == ["lulu-garcia-navarro"] * 2
        (alias,) = found.people[0].aliases
        assert (alias.name, alias.rule) == ("Lourdes Garcia-Navarro", "authority")
        assert "npr.toml" in alias.evidence

    def test_a_name_that_two_known_people_go_by_is_neithers(self) -> None:
        appeared = [*heard("George W. Bush", times=9), *heard("George Bush", year=2003, times=3)]
        assert ids(linked(appeared), appeared) == ["george-w-bush"] * 12
        assert ids(linked(appeared, load_authority()), appeared) == ["george-w-bush"] * 9 + [None] * 3

    def test_known_people_of_one_name_are_told_apart_by_their_years(self, tmp_path: Path) -> None:
        file = tmp_path / "ours.toml"
        file.write_text(
            "\n".join(
                f'[[person]]\nname = "John Smith"\nid = "{person_id}"\n'
                f'roles = [{{ role = "reporter", affiliation = "NPR", from = {first}, to = {last} }}]'
                for person_id, first, last in (("john-smith", 1995, 2002), ("john-smith-2", 2015, 2020))
            ),
            encoding="utf-8",
        )
        appeared = [one for year in (1998, 2017, 2008) for one in heard("John Smith", "reporter", year=year)]
        assert ids(linked(appeared, load_authority((file,))), appeared)[:2] == ["john-smith", "john-smith-2"]
        assert ids(linked(appeared, load_authority((file,))), appeared)[2] not in {"john-smith", "john-smith-2"}

    def test_ari_daniel_shapiro_is_not_ari_shapiro(self) -> None:
        appeared = [*heard("Ari Shapiro", "host", year=2016, times=50), *heard("Ari Daniel Shapiro", "reporter")]
        assert set(ids(linked(appeared, load_authority()), appeared)) == {"ari-shapiro", "ari-daniel"}

    def test_a_host_is_not_a_guest_of_his_common_name(self) -> None:
        appeared = [
            *heard("David Greene", "host", program=ME, year=2015, times=40),
            *heard("David Greene", "guest", "Duke University", year=2015),
        ]
        found = ids(linked(appeared, load_authority()), [appeared[0], appeared[-1]])
        assert found == ["david-greene", "david-greene-2"]

    def test_roles_are_dated(self) -> None:
        appeared = [*heard("Zora Quist", "reporter", year=2004), *heard("Zora Quist", "host", ME, year=2016, times=3)]
        (person,) = linked(appeared).people
        assert [(one.role, one.first_air_date and one.first_air_date.year) for one in person.roles] == [
            ("host", 2016),
            ("reporter", 2004),
        ]

    def test_order_is_of_no_account(self) -> None:
        cases = [*ONE_PERSON.values(), *NOT_ONE_PERSON.values()]
        appeared = [one for case in cases for part in case for one in part]
        whole = linked(appeared, load_authority())
        for seed in range(5):
            shuffled = sightings_of(Random(seed).sample(appeared, len(appeared)))
            again = linked(Random(seed).sample(appeared, len(appeared)), load_authority())
            assert len(shuffled) == len(sightings_of(appeared))
            assert again.people == whole.people
            assert again.person_of == whole.person_of

    def test_a_corpus_is_linked_better_than_by_its_printed_names(self) -> None:
        world = World(seed=3)
        mentions = mentions_of(world, 2_000)
        ours, _, _ = linked_corpus(mentions, world)
        found, plain = (agreement(partition, mentions.true) for partition in (ours, naive(mentions)))
        assert found.precision > 0.99
        assert found.recall > plain.recall


class TestNobody:
    @pytest.mark.parametrize(
        "printed",
        ["Tony", "Unidentified Man #1", "Unidentified Woman", "Automated Voice", "Police Officer", "The Pop Ups",
         "Maroon 5", "Audience Member", "A Man", "Sanders Supporters", "NPR Staff", "Mayor Smith", "", None],
    )  # fmt: skip
    def test_is_no_person(self, printed: str | None) -> None:
        assert person_name(printed) is None


class TestIds:
    def test_authority_first_then_who_was_heard_first(self) -> None:
        late, early, known = (
            Claim("ana-diaz", None, heard("Ana Diaz", year=2012)[0].air_date, "c", {}),
            Claim("ana-diaz", None, heard("Ana Diaz", year=2002)[0].air_date, "b", {}),
            Claim("ana-diaz", "ana-diaz", heard("Ana Diaz", year=2020)[0].air_date, "a", {}),
        )
        for order in ([late, early, known], [known, late, early], [early, known, late]):
            given = dict(zip([one.example for one in order], given_ids(order, Registry()), strict=True))
            assert {name: one.person_id for name, one in given.items()} == {
                "a": "ana-diaz", "b": "ana-diaz-2", "c": "ana-diaz-3",
            }  # fmt: skip

    def test_an_id_once_given_stays(self) -> None:
        before = Claim("ana-diaz", None, heard("Ana Diaz", year=2012)[0].air_date, "b", {"ana-diaz": 3})
        earlier = Claim("ana-diaz", None, heard("Ana Diaz", year=2002)[0].air_date, "a", {})
        stayed, new = given_ids([before, earlier], Registry())
        assert (stayed.person_id, stayed.natural_id, stayed.is_kept) == ("ana-diaz", "ana-diaz-2", True)
        assert (new.person_id, new.is_kept) == ("ana-diaz-2", True)

    def test_who_was_two_keeps_the_other_id_as_a_former_one(self) -> None:
        joined = Claim("ana-diaz", None, None, "a", {"ana-diaz": 3, "anna-diaz": 1})
        (given,) = given_ids([joined], Registry())
        assert (given.person_id, given.former_ids) == ("ana-diaz", ("anna-diaz",))

    def test_who_was_taken_for_another_has_his_own_id_again(self) -> None:
        claims = [
            Claim("ana-diaz", None, None, "a", {"ana-diaz": 3}),
            Claim("anna-diaz", None, None, "b", {"ana-diaz": 1}),
        ]
        stayed, back = given_ids(claims, Registry({"ana-diaz": ["anna-diaz"]}))
        assert (stayed.person_id, stayed.former_ids) == ("ana-diaz", ())
        assert (back.person_id, back.former_ids) == ("anna-diaz", ())

    def test_former_ids_are_given_to_nobody_else(self) -> None:
        new = Claim("anna-diaz", None, None, "a", {})
        (given,) = given_ids([new], Registry(taken={"anna-diaz"}))
        assert given.person_id == "anna-diaz-2"
