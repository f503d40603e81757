"""Pages of the member stations: copies of NPR stories."""

from tests.network.scripts import monday
from tests.network.stations import KPBS, WFAE, StationPage, copy_of

PAGES: tuple[StationPage, ...] = (
    copy_of(monday.STORIES[0], KPBS, 2, 5),
    copy_of(monday.STORIES[2], WFAE, 16, 40),
)
