"""The stations' own stories with transcripts."""

from datetime import date

from tests.network.stations import KNAU, KPBS, KSMU, KUNC, WFAE, WUKY, Author, StationPage, at
from tests.network.story import Line, Speaker

TENCH = Speaker("Marisol Tench", "host", "KPBS")
HUYNH = Speaker("Bao Huynh-Carver", "reporter", "KPBS")
DIVER = Speaker("Lucinda Armitage", affiliation="tide pool ranger")
OFFICER = Speaker("Gerardo Téllez", affiliation="port director")
COMMUTER = Speaker("Yadira", "caller", "commuter")
BLOUNT = Speaker("Carlton Blount", "host", "WFAE")
ESTEP = Speaker("Josephine Estep", "reporter", "WFAE")
BUS_DRIVER = Speaker("Tyrell McCutchen", affiliation="bus driver")
PLANNER = Speaker("Anneliese Vogt", affiliation="transit planner")
ARBORIST = Speaker("Clement Harlan-Reyes", affiliation="city arborist")
WEXLER = Speaker("Jonah Wexler", "host", "KUNC")
HYDROLOGIST = Speaker("Signe Aldersgate", affiliation="hydrologist")
MEMBER_HOST = Speaker("Paula Stanhope", "host", "KUNC")
MEMBER = Speaker("Arlo Beckwith", affiliation="member since 1979")
LATTIMORE = Speaker("Fern Lattimore", "reporter", "KSMU")
SPELUNKER = Speaker("Dwight Osgood", affiliation="cave biologist")
KID = Speaker("Maisie", "other", "pupil")
PELLETIER = Speaker("Gil Pelletier", "reporter", "WUKY")
COOPER = Speaker("Roscoe Tanneyhill", affiliation="cooper")
YAZZIE_BOONE = Speaker("Harriet Yazzie-Boone", "reporter", "KNAU")
ASTRONOMER = Speaker("Philip Marchbanks", affiliation="astronomer")
RANGER = Speaker("Odessa Klein", affiliation="trail ranger")

# fmt: off
# One line of the module is one line of the script.
TIDE_POOLS = (
    Line(TENCH, "Low tide at Point Loma this week is the lowest of the year, and the rangers have put out a rope. KPBS reporter Bao Huynh-Carver went to see what's on the other side of it."),
    Line(HUYNH, "From above, it looks like a parking lot after the rain. Then Lucinda Armitage gets down on her knees, and so do I."),
    Line(DIVER, "Give it a minute. Everybody stands here and says, there's nothing. They've closed up, because you are a large shadow. If you hold still, the anemones decide that you're weather."),
    Line(HUYNH, "Armitage has been a ranger at the tide pools for 18 years. Last spring, after a video of an octopus was seen 40 million times, 11,000 people came in one weekend. They turned over rocks, and they didn't turn them back."),
    Line(DIVER, "A rock has a roof and a floor. What lives on the floor can't take the sun. So you flip it for a picture, and it's like you took the house off somebody. Number one: turn it back. There isn't a number two."),
    Line(HUYNH, "The rope closes about a third of the pools, and there's a table next to it, where volunteers show people a live camera. Some visitors have complained. But Armitage counts, every Thursday, in the same nine squares. She's found owl limpets in two of them for the first time since 2019.\n\nWhat does she do when someone steps over?"),
    Line(DIVER, "I ask them to help me count. Nobody's ever stepped on anything after they counted it."),
    Line(HUYNH, "The rope will be there through the end of April. In San Diego, I'm Bao Huynh-Carver, KPBS News."),
)

BORDER_WAIT = (
    Line(TENCH, "This is Midday on KPBS. I'm Marisol Tench. On Monday, the wait at the San Ysidro border crossing was five hours and 10 minutes. That's the longest since the new lanes opened. We've asked Gerardo Téllez to explain it. He's the director of the port of entry. Welcome."),
    Line(OFFICER, "Thank you, Marisol. I'd like to explain it, too. (Laughter)"),
    Line(TENCH, "You have 34 lanes. How many were open?"),
    Line(OFFICER, "Nineteen. We're short of officers, and we had a system that tells us which cars to look at, and it was telling us all of them. So for three hours, every car was a special car."),
    Line(TENCH, "We have a call from someone who was in one. Yadira (ph) is on the line. She lives in Tijuana and works in Chula Vista. Go ahead."),
    Line(COMMUTER, "Yes, hi. I was in lane 8 from 3:40 in the morning. I clean offices. I want to ask the gentleman: do you know what it is to be late five hours for a job that's four hours?"),
    Line(OFFICER, "I don't. And I'm sorry. My mother did that crossing for 20 years, and she'd be calling me, too."),
    Line(COMMUTER, "Then tell her thank you. But also the bathrooms."),
    Line(TENCH, "What about the bathrooms?"),
    Line(COMMUTER, "There's none. There's 34 lanes and not one."),
    Line(OFFICER, "There are some in the plan. It's in phase three. I know what that sounds like."),
    Line(TENCH, "When's phase three?"),
    Line(OFFICER, "It isn't funded. But I'll say this on the air, so that I'm stuck with it: by the 1st of May, we will have portable ones on the south side. I'll put the number of lanes that are open on our site, every 15 minutes, from tomorrow. If it's wrong, call me."),
    Line(TENCH, "Gerardo Téllez directs the San Ysidro port of entry. Thanks to him, and thanks to Yadira."),
)

BUSES = (
    Line(BLOUNT, "Charlotte's new bus map goes into effect on Monday. A third of the stops are gone, and what's left comes twice as often. WFAE's Josephine Estep rode the old No. 9 on one of its last days."),
    Line(None, "(SOUNDBITE OF BUS DOORS)"),
    Line(ESTEP, "The 9 takes 71 minutes from the airport to the university, because it goes by way of everyone. Tyrell McCutchen has driven it since 2008."),
    Line(BUS_DRIVER, "This here's the church stop. That's the other church stop. They don't speak. Morning, Mr. James."),
    Line(ESTEP, "On the new map, there'll be one stop for both churches, across the street from a gas station. Anneliese Vogt, who drew the map, says that's the idea."),
    Line(PLANNER, "A bus that stops at every door is a very slow taxi. We asked 6,000 riders: would you walk four minutes more to wait 15 minutes less? Seventy percent said yes. So we believed them."),
    Line(ESTEP, "And the other 30?"),
    Line(PLANNER, "They're older, and they're on the 9. I know. I rode it every day for a month. There'll be a van for them that you can call. It isn't the same. I'm not going to tell you that it's the same."),
    Line(ESTEP, "Near the end of the line, McCutchen stops where there's no sign at all. A woman gets on with a birdcage. He's been stopping there for 12 years, he says. She has never missed a Wednesday, and it isn't on any map."),
    Line(BUS_DRIVER, "They can't take out a stop that they don't know about."),
    Line(ESTEP, "The new No. 9 will take 38 minutes. Josephine Estep, WFAE News, Charlotte."),
)

WILLOW_OAKS = (
    Line(BLOUNT, "Charlotte's street trees were planted by one generation, and they're dying as one generation. This year, the city will take down 900 willow oaks. Clement Harlan-Reyes is the city arborist. I met him on Queens Road, under a tree with a red dot."),
    Line(ARBORIST, "The dot means August. I put it on myself. People think there's a machine."),
    Line(BLOUNT, "How old is this one?"),
    Line(ARBORIST, "A hundred and four. It's hollow from here to about where your shoulder is. You can knock."),
    Line(None, "(SOUNDBITE OF KNOCKING)"),
    Line(BLOUNT, "It sounds like a door."),
    Line(ARBORIST, "It does. There's a family of flying squirrels behind it. We don't cut until they've moved out, that's a rule of mine, and it costs the city about a month."),
    Line(BLOUNT, "What will you plant?"),
    Line(ARBORIST, "Nine kinds, never two of a kind in a row. It won't look like a cathedral. My grandchildren's neighbors will complain that it's untidy. That's what I want. If something comes for one of them, it has to walk past eight others to get to the next."),
    Line(BLOUNT, "Do people get angry with you?"),
    Line(ARBORIST, "They bring me leaves. I had a man come to the office with one in his Bible. He'd proposed under it. I gave him the number of the log, and he's having a table made."),
    Line(BLOUNT, "That's Clement Harlan-Reyes, Charlotte's arborist. I'm Carlton Blount, WFAE News."),
)

SNOWPACK = (
    Line(WEXLER, "On the first of April, water managers in seven states look at one number: how much snow is in the mountains. It'll be bad this year. Hydrologist Signe Aldersgate has been measuring it by hand above Cameron Pass, and she's just come down. I'm Jonah Wexler, and this is KUNC. How deep was it?"),
    Line(HYDROLOGIST, "Thirty-one inches, and I had to look for it. The median's 68. But depth isn't the point, it's how heavy it is. I weigh it in a tube, like coffee. It came to nine inches of water."),
    Line(WEXLER, "There are instruments up there that send that in every hour. Why do you ski in?"),
    Line(HYDROLOGIST, "Because the instrument sits where it's easy to put an instrument. In 1936, someone picked the flattest, shadiest spot. It's the last place to melt. It's been telling us good news for 90 years. I go around the corner, where the sun is."),
    Line(WEXLER, "And what's around the corner?"),
    Line(HYDROLOGIST, "Dust. It's pink, and it comes from the desert, and it makes the snow soak up the sun. You can see your own track from last week standing up like a little wall, because where I'd pressed it, it didn't melt."),
    Line(WEXLER, "What does that mean for somebody with a tap in Greeley?"),
    Line(HYDROLOGIST, "For the tap, not much: the reservoirs are two-thirds full. For a ditch in August, a lot. The water's going to come early, all at once, and then it'll be over. It's as if you were paid for the year in May."),
    Line(WEXLER, "You've done this for 22 winters. Do you still like it?"),
    Line(HYDROLOGIST, "Every time. It's very quiet. I do find that I talk to it now."),
    Line(WEXLER, "What do you say?"),
    Line(HYDROLOGIST, "Stay."),
    Line(WEXLER, "Signe Aldersgate, thank you."),
)

MEMBERS_HOUR = (
    Line(MEMBER_HOST, "This is an hour for members of KUNC. I'm Paula Stanhope. With me is Arlo Beckwith, who has been one since 1979. Good evening, Arlo."),
    Line(MEMBER, "Good evening. I've still got the mug."),
    Line(MEMBER_HOST, "What do you listen for?"),
    Line(MEMBER, "The gap. After the weather and before the news, there's about a second with nothing in it. My wife and I look up. We've done that for 46 years, and we've never talked about it until now."),
    Line(MEMBER_HOST, "I'm going to be thinking about that every day."),
    Line(MEMBER, "Don't fill it. That's all I ask."),
)

CAVE = (
    Line(LATTIMORE, "In a cave outside Springfield, the lights are off, the class is quiet, and 24 fourth-graders from Willard are holding their breath. They're waiting for a cricket. KSMU's Fern Lattimore - that's me - is holding hers, too."),
    Line(None, "(SOUNDBITE OF DRIPPING WATER)"),
    Line(SPELUNKER, "There. Anybody hear that? No? That's right, you didn't. Cave crickets don't sing. They gave it up. Nobody down here has ears for it."),
    Line(LATTIMORE, "Dwight Osgood studies things that live without light. He's taken every fourth grade in the county into Fielder's Cave since 2011. The rule is that nobody speaks for five minutes, and that includes the teachers."),
    Line(KID, "I saw green. And it was dark. How come I saw green?"),
    Line(SPELUNKER, "That's your own eyes, talking to themselves. What's your name?"),
    Line(KID, "Maisie."),
    Line(SPELUNKER, "Maisie, you've just seen the inside of you."),
    Line(LATTIMORE, "Osgood counts the crickets at each visit, and the children write it on the wall of the classroom. There were 212 this month. In 2011, it was over 900. He blames a warm winter, or two, and a road.\n\nHe doesn't tell the children why he counts. He says that one of them always asks, and that it's nearly always by the bus."),
    Line(SPELUNKER, "They say, where did they go? And I say, that's the job. It's open. I'm 67."),
    Line(LATTIMORE, "For KSMU News, I'm Fern Lattimore."),
)

BARRELS = (
    Line(PELLETIER, "A bourbon barrel may be used once. That's the law, and it's why Kentucky has more barrels than people. At a cooperage in Lebanon, they're now being taken apart again. Roscoe Tanneyhill made his first one in 1968."),
    Line(COOPER, "I put them together for 40 years. There's 32 staves, no nails and no glue, and it holds because everything in it wants to get away. Then I retired, and my nephew says, uncle, come and show us how it comes undone."),
    Line(None, "(SOUNDBITE OF HAMMERING)"),
    Line(PELLETIER, "A barrel's worth $60 empty, or it was. Distillers in Scotland used to buy them all. They've stopped, and the warehouses here are full to the roof. So a violin maker in Lexington asked for the wood."),
    Line(COOPER, "She taps on it. She's got a little hammer like a doctor. She'll go through 200 staves and take six. I said, what are you listening for? And she said, whether it's forgotten what it was."),
    Line(PELLETIER, "White oak isn't a wood for violins. It's heavy, and it's hard. But six years of whiskey, and six of summers, open the grain. The first instrument was played in public last Saturday. Tanneyhill sat in the front."),
    Line(COOPER, "It sounded like a fiddle. I don't know music. But you could smell it. When she played hard, it warmed up, and I swear that the whole front row was smiling."),
    Line(PELLETIER, "There are 14 million barrels to go. Gil Pelletier, WUKY News, Lebanon, Ky."),
)

DARK_SKY = (
    Line(YAZZIE_BOONE, "The darkest parking lot in Arizona belongs to a grocery store. It's in Flagstaff, its lamps are the color of weak tea, and Philip Marchbanks, an astronomer, helped to choose them."),
    Line(ASTRONOMER, "People told us that nobody would buy lettuce by that light. It turns out that lettuce doesn't mind."),
    Line(YAZZIE_BOONE, "Twenty-five years ago, Flagstaff was the first city to be named a dark-sky place. Since then it's grown by half. It's also a bit darker than it was. Marchbanks has measured that, from a hill, on each new moon."),
    Line(ASTRONOMER, "It's the only graph I've got that goes the right way. I keep it on the refrigerator."),
    Line(YAZZIE_BOONE, "What comes now is overhead. On one night in February, he made an exposure of a galaxy and there were 31 satellites in it, like scratches on a record. The companies have painted some of them black. It helps a little.\n\nHe shows me on the hill. It takes 20 minutes until your eyes are ready. Then there's too much to look at."),
    Line(ASTRONOMER, "My students ask where the Milky Way starts. I tell them: you're standing in it."),
    Line(YAZZIE_BOONE, "The city will vote in May on lamps for the new bridge. The choice is between amber and less amber. For KNAU News, I'm Harriet Yazzie-Boone, in Flagstaff."),
)

TRAIL = (
    Line(YAZZIE_BOONE, "After two winters of rockfall, the trail to Sycamore Rim opened again this morning. Odessa Klein, who has rebuilt most of it with a crew of six and a mule, was the first to walk it. She let me be the second."),
    Line(RANGER, "Mind the third step. I'm proud of that one, but mind it."),
    Line(YAZZIE_BOONE, "There are 340 steps. Each is one stone, and each was found within sight of where it lies. Klein doesn't like to carry things far."),
    Line(RANGER, "A step should look like it fell there and happened to be right. If somebody says, what a lovely staircase, we've failed. I want them to get to the top and not know how."),
    Line(YAZZIE_BOONE, "It cost $190,000, most of it from a bake sale that got out of hand. There's a list of the bakers at the trailhead, under glass. At the rim, the wind's so strong that we have to shout."),
    Line(RANGER, "You can put this on the radio: it's not finished! It's never finished! That's a good thing!"),
    Line(YAZZIE_BOONE, "Harriet Yazzie-Boone, KNAU News, at Sycamore Rim."),
)

# fmt: on
HARRIET = Author(
    "Harriet Yazzie-Boone",
    "KNAU reporter",
    "Harriet Yazzie-Boone grew up in Tuba City and has reported from northern Arizona since 2014. She was a river guide first.",
)
PAGES = (
    StationPage(
        KPBS, "A rope at the tide pools lets the anemones decide you're weather",
        "Rangers at Point Loma have closed a third of the tide pools. The limpets are coming back.",
        at(KPBS, date(2026, 3, 18), 17, 2), (Author("Bao  Huynh-Carver", "Environment Reporter", "Bao Huynh-Carver covers the coast for KPBS. Before that, he taught middle school science."),),
        lines=TIDE_POOLS, program="All Things Considered", audio_seconds=164, tags=("Environment", "Point Loma"),
        caption="Visitors at the tide pools at Point Loma, March 18, 2026. / Rosalind Fairweather",
    ),
    StationPage(
        KPBS, "San Ysidro port director promises bathrooms by the first of May",
        "The wait at the border crossing was five hours and 10 minutes on Monday. A commuter asked the director a question.",
        at(KPBS, date(2026, 3, 20), 13, 15), (Author("Marisol  Tench", "Midday Host"),),
        section="news/midday", lines=BORDER_WAIT, program="Midday", audio_seconds=371, tags=("Border", "San Ysidro"),
    ),
    StationPage(
        WFAE, "On the old No. 9 bus, a stop that is on no map",
        "Charlotte's new bus map goes into effect on Monday. A third of the stops are gone.",
        at(WFAE, date(2026, 3, 17), 6, 31), (Author("Josephine Estep"),),
        lines=BUSES, program="Morning Edition", audio_seconds=221, tags=("Transit",),
    ),
    StationPage(
        WFAE, "Charlotte will take down 900 willow oaks this year",
        "The city's street trees were planted by one generation, and they are dying as one.",
        at(WFAE, date(2026, 3, 20), 15, 38), (Author("Carlton Blount", None, "Carlton Blount is the afternoon host at WFAE. He has lived in Charlotte since 1996."),),
        article=(
            "Charlotte will take down about 900 willow oaks this year, the most since the city began to count them. Most were planted in the 1920s, and they are reaching the end of their lives together.",
            "The city's plan has three parts: removal, a mixed replanting, and what it calls \"patience.\" Nine kinds of trees will stand where one did. The first saplings go into the ground on Queens Road in November.",
            "Residents can look up their street on the city's site, or call 704-555-0142. WFAE's Carlton Blount spoke with the city arborist, Clement Harlan-Reyes.",
        ),
        lines=WILLOW_OAKS, audio_seconds=243, tags=("Trees", "Charlotte City Council"),
        caption="A willow oak on Queens Road with the red dot that marks it for removal. / Nate Holcombe/WFAE",
    ),
    StationPage(
        KUNC, "A hydrologist skis around the corner to find the dust on the snow",
        "Snow above Cameron Pass holds nine inches of water. The instruments nearby have been telling good news for 90 years.",
        at(KUNC, date(2026, 3, 19), 9, 20), (Author("Jonah Wexler", "Host"),),
        lines=SNOWPACK, program="Morning Edition", audio_seconds=255, tags=("Water", "Snowpack"),
    ),
    StationPage(
        KUNC, "Members hour: the second before the news",
        "A conversation for members of KUNC.",
        at(KUNC, date(2026, 3, 20), 19, 0), (Author("Paula Stanhope", "Host"),),
        section="members", lines=MEMBERS_HOUR, audio_seconds=118, tags=("Members",),
    ),
    StationPage(
        KSMU, "Two dozen fourth-graders hold their breath for a cricket that does not sing",
        "Dwight Osgood takes every fourth grade in the county into a dark cave. They count the crickets.",
        at(KSMU, date(2026, 3, 20), 8, 45), (Author("Fern Lattimore", None, "Fern Lattimore joined KSMU as a student. She produces Trail Notes."),),
        lines=CAVE, audio_seconds=212, tags=("Caves", "Education"),
    ),
    StationPage(
        WUKY, "What a bourbon barrel becomes when it has forgotten what it was",
        "A cooper who put barrels together for 40 years now takes them apart for a violin maker.",
        at(WUKY, date(2026, 3, 20), 15, 38), (Author("Gil Pelletier", "WUKY"),),
        lines=BARRELS, program="All Things Considered", audio_seconds=106, tags=("Bourbon", "Music"),
    ),
    StationPage(
        KNAU, "Flagstaff grows, and its night gets a little darker",
        "The first dark-sky city has grown by half since 2001. One astronomer has a graph on his refrigerator.",
        at(KNAU, date(2026, 3, 18), 5, 31), (HARRIET,), lines=DARK_SKY, audio_seconds=187, tags=("Dark skies",),
    ),
    StationPage(
        KNAU, "The trail to Sycamore Rim has 340 steps and is not finished",
        "After two winters of rockfall, a trail opens again. A bake sale paid for most of it.",
        at(KNAU, date(2026, 3, 21), 16, 5), (HARRIET,), lines=TRAIL, audio_seconds=142, tags=("Trails",),
    ),
)  # fmt: skip
