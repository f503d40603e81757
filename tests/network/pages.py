"""All pages that are no NPR broadcast story: the stations', and written stories in NPR's feed."""

from datetime import datetime

from tests.network.scripts import stations_week
from tests.network.stations import StationPage
from tests.network.story import EASTERN

STATION_PAGES: tuple[StationPage, ...] = (*stations_week.PAGES,)

NPR_WRITTEN = (
    (
        "A field guide to the ferns of the subway",
        "A botanist maps the plants that live on drips and lamplight below a city.",
        "https://www.npr.org/2026/03/20/nx-s1-5750590/field-guide-ferns-subway",
        datetime(2026, 3, 20, 10, 15, tzinfo=EASTERN),
        ("Keiko Arden",),
    ),
)
"""Stories in NPR's feed that were never on the air: title, description, link, time, authors. They have no transcript page."""
