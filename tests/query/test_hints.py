import pytest

from pipeline.query.hints import hint

SLOW = {
    "year": ("SELECT count(*) FROM turns WHERE year(air_date) = 2024", "air_date BETWEEN"),
    "year of a table's own": ("FROM turns t WHERE YEAR ( t.air_date ) IN (2024)", "air_date BETWEEN"),
    "extract": ("FROM turns WHERE extract(year FROM air_date) = 2024", "air_date BETWEEN"),
    "printed": ("FROM turns WHERE strftime(air_date, '%Y') = '2024'", "air_date BETWEEN"),
    "truncated": ("FROM turns WHERE date_trunc('month', air_date) = '2024-03-01'", "air_date BETWEEN"),
    "like": ("FROM turns WHERE text ILIKE '%river%'", "who_said"),
    "lower and like": ("FROM turns WHERE lower(text) LIKE '%river%'", "who_said"),
    "contains": ("FROM turns WHERE contains(lower(text), 'river')", "who_said"),
}
FINE = (
    "SELECT year(air_date), count(*) FROM turns GROUP BY 1",
    "FROM turns WHERE air_date BETWEEN '2024-01-01' AND '2024-12-31'",
    "FROM who_said('river')",
    "FROM turns WHERE program ILIKE 'fresh%'",
)


@pytest.mark.parametrize(("sql", "says"), SLOW.values(), ids=SLOW)
def test_slow_ways_of_asking_are_told_the_fast_one(sql: str, says: str) -> None:
    assert says in (hint(sql) or "")


@pytest.mark.parametrize("sql", FINE)
def test_fast_ways_are_left_alone(sql: str) -> None:
    assert hint(sql) is None
