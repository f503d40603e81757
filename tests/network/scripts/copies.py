"""Copies of NPR's stories on the stations' sites; one has the station's own introduction, one a biography at its end."""

from tests.network.scripts import friday, monday, thursday, tuesday, wednesday, weekend
from tests.network.scripts.local import BLOUNT
from tests.network.stations import KNAU, KPBS, KSMU, KUNC, WFAE, WUKY, copy_of
from tests.network.story import Line

STORIES = {
    story.story_id: story
    for day in (monday, tuesday, wednesday, thursday, friday, weekend)
    for story in day.STORIES
}  # fmt: skip

LISBON = Line(
    BLOUNT,
    "This is WFAE. I'm Carlton Blount. Mail in Charlotte was late three days running this week, and the Postal Service says it is looking into it. In Portugal, it has not come at all. In a moment, you will hear about that from NPR's Mara Vanek Holm. First, here is Lorna Quist.",
)
RENSHAW_BIO = (
    "Dalia Renshaw covers public health and the places where it is far away. Before joining NPR in 2019, she drove an "
    "ambulance in West Texas, where she was born and raised."
)

PAGES = (
    copy_of(STORIES["nx-s1-5750304"], KPBS, 13, 50),
    copy_of(STORIES["nx-s1-5750502"], KPBS, 2, 12, section="world"),
    copy_of(STORIES["nx-s1-5750103"], WFAE, 17, 10, section="world", intro=(LISBON,)),
    copy_of(STORIES["nx-s1-5750501"], WFAE, 5, 44, section="business"),
    copy_of(STORIES["nx-s1-5750301"], KUNC, 3, 15, section="environment"),
    copy_of(STORIES["nx-s1-5750503"], KUNC, 14, 40),
    copy_of(STORIES["nx-s1-5750202"], KSMU, 15, 20, section="health", closing=RENSHAW_BIO),
    copy_of(STORIES["nx-s1-5750506"], KSMU, 16, 5, section="music"),
    copy_of(STORIES["nx-s1-5750601"], WUKY, 9, 2, section="sports"),
    copy_of(STORIES["nx-s1-5750403"], KNAU, 13, 45),
    copy_of(STORIES["nx-s1-5750702"], KNAU, 5, 25, section="politics"),
)
