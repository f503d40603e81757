"""All pages of the stations."""

from tests.network.scripts import copies, local, written
from tests.network.stations import StationPage

STATION_PAGES: tuple[StationPage, ...] = (*local.PAGES, *copies.PAGES, *written.PAGES)
