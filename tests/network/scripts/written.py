"""Written stories without a transcript, with words before colons, quotes and capitals that might be taken for one."""

from datetime import date, datetime

from tests.network.stations import KNAU, KPBS, KSMU, KUNC, WFAE, WUKY, Author, StationPage, at
from tests.network.story import EASTERN

PAGES = (
    StationPage(
        KPBS, "City council delays vote on parking meters in North Park",
        "The council wants a study first. Shop owners say they have had four.",
        at(KPBS, date(2026, 3, 19), 18, 4), (Author("Bao  Huynh-Carver", "Environment Reporter"),),
        article=(
            "The San Diego City Council voted 5-4 on Thursday to put off a decision on parking meters in North Park until a study is finished in June.",
            '"We have had four studies," said Winona Kasprzak, who owns a shoe repair shop on University Avenue. "I resoled the man who did the third one."',
            "Councilmember Everett Solis-Ward asked for the delay. He listed his reasons: the price, the hours, and what he called the elephant in the room: the church lots.",
            '"Number one: nobody has counted the spaces at night," he said. "Number two: nobody has asked the people who work there."',
            "The council meets again at 2:30 p.m. on June 9.",
        ),
        tags=("Parking", "North Park"),
        caption="Parked cars on University Avenue, March 19, 2026. / Rosalind Fairweather",
    ),
    StationPage(
        WFAE, "Seed library opens in Plaza Midwood: what to know",
        "Take what you will plant, bring back what you can.",
        at(WFAE, date(2026, 3, 20), 11, 12), (Author("Josephine Estep"),),
        article=(
            "The Plaza Midwood branch library has opened its seed drawers for the spring. There are 160 kinds, from okra to a gray pea that nobody can name.",
            "When: Saturdays, 10 a.m. to noon.",
            "Where: the old card catalog, by the window.",
            "How it works: take three envelopes, plant them, and bring back seeds in the fall. Nobody checks.",
            "\"I have lent books for 30 years,\" said the branch's manager, Leopold Amsel. \"This is the first time I have lent something and hoped to get back 40 of it.\"",
            "RELATED: A field guide to Charlotte's street trees",
        ),
        tags=("Libraries", "Gardening"),
    ),
    StationPage(
        KUNC, "Greeley's river gauge went quiet for a day. It was a beaver",
        "Engineers looked at the software first.",
        at(KUNC, date(2026, 3, 20), 12, 25), (Author("Jonah Wexler", "Host"),),
        article=(
            "For 26 hours this week, the gauge on the Poudre River above Greeley reported that the river did not exist.",
            "Technicians restarted the server, then the radio. On Wednesday, one of them drove out. The sensor had been built into a dam.",
            "\"It was very well done,\" said Marguerite Stroud of the county's water office. The gauge was moved 12 feet upstream. The dam was left where it is.",
        ),
        tags=("Water", "Wildlife"),
    ),
    StationPage(
        KSMU, "School board hears plans for a later start",
        "High schools in Springfield may begin at 8:45. The buses would have to begin at noon, in a manner of speaking.",
        at(KSMU, date(2026, 3, 18), 20, 10), (Author("Fern Lattimore"),),
        article=(
            "Springfield's school board heard three plans on Tuesday for a later start of the high school day. All of them move first period from 7:30 to 8:45.",
            "The difference is who gets up early instead. Plan A: elementary schools. Plan B: middle schools. Plan C: the bus drivers, who would work split shifts.",
            '"I vote for Plan C," said a sixth-grader who had been allowed to stay up for the meeting.',
        ),
        tags=("Education",),
    ),
    StationPage(
        WUKY, "Lexington choir of 90 voices looks for a home",
        "The roof of its church came down in the January storm. Nobody was hurt, and nobody has stopped singing.",
        at(WUKY, date(2026, 3, 19), 10, 0), (Author("Gil Pelletier", "WUKY"),),
        article=(
            "Since the roof of its church came down in January, the Bluegrass Chorale has rehearsed in a gym, a feed store and, twice, a parking garage.",
            '"The garage was the best," said its director, Leontyne Grubb. "Level 3. It gives you everything back."',
            "The choir needs a room for 90 people, and a piano, on Tuesdays. Offers may be sent to the address on its site.",
        ),
        tags=("Music",),
    ),
    StationPage(
        KNAU, "Is it too early to plant tomatoes?",
        "Yes.",
        at(KNAU, date(2026, 3, 20), 7, 30), (Author("Harriet Yazzie-Boone", "KNAU reporter"),),
        article=(
            "The short answer: yes. The last frost in Flagstaff comes in the middle of June, and it has come on the 4th of July.",
            'Master gardener Cyrus Oyelaran keeps his seedlings in an old refrigerator with a lamp in it. He has advice for those who cannot wait: "Plant a radish. Look at the radish. Then wait."',
        ),
        tags=("Gardening",),
    ),
)  # fmt: skip

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
