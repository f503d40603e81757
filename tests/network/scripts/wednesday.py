"""Wednesday, March 18: bees, a chip plant, saved voice mails, a heat rule in the fields."""

from datetime import date, time

from tests.network.people import OHEARN, OKAFOR, QUIST, RAMAN, RENSHAW, SORLEY, TEALE
from tests.network.story import Line, Speaker, Story

WEDNESDAY = date(2026, 3, 18)

BEEKEEPER = Speaker("Hollis Drummond-Vale", affiliation="beekeeper")
ENTOMOLOGIST = Speaker("Parisa Moghadam-Lee", affiliation="entomologist")
DRIVER = Speaker(None, "other", first_label="UNIDENTIFIED PERSON #1")
GUARD = Speaker(None, "other", first_label="UNIDENTIFIED PERSON #2")
WELDER = Speaker("Shauna Kittredge", affiliation="pipe welder")
DEVELOPER = Speaker("Prescott Yoon", affiliation="county development office")
DELPHINE = Speaker("Delphine", "caller", "listener in Baton Rouge")
HAROLD = Speaker("Harold Zuckerbrot", "caller", "listener in Tucson")
ARCHIVIST = Speaker("Imani Rusk", affiliation="sound archivist")
PICKER = Speaker("Andrés Peñalver", affiliation="strawberry picker")
FOREMAN = Speaker("Lupe Ochoa-Brill", affiliation="grower")
INSPECTOR = Speaker("Terrence O'Dowd", affiliation="state inspector")

# fmt: off
# One line of the module is one line of the script.
BEES = (
    Line(RAMAN, "Every February, two-thirds of the honeybees in America are driven to one valley in California, to work in the almond orchards. In March, those that are left are driven home. This year, far fewer are left. NPR's Julian Sorley rode along with one beekeeper on the way back to Montana."),
    Line(None, "(SOUNDBITE OF BEES BUZZING)"),
    Line(SORLEY, "It's dark when we load. Bees don't fly in the dark, and they don't like headlights, so the forklift has a red lamp, like a photographer's. Hollis Drummond-Vale counts under his breath."),
    Line(BEEKEEPER, "Four hundred and eight. I came down with 1,100."),
    Line(SORLEY, "He says it the way you'd say a temperature. Then he walks around the truck and counts again."),
    Line(BEEKEEPER, "Thing is, they don't die where you can see it. If I'd found a heap of dead bees, I'd know what to do. You open the lid and it's just clean. There's honey, there's brood. It's like a kitchen where somebody left the radio on."),
    Line(SORLEY, "Parisa Moghadam-Lee has opened a lot of those lids. She's an entomologist at the state university in Davis, and her freezer is full of little bags with numbers on them."),
    Line(ENTOMOLOGIST, "Everyone wants it to be one thing: a mite, a virus, a spray. In the samples that we've finished, there are on average six things. Any three of them a hive can stand. I'm sometimes asked, what's the smoking gun? And I say, it's more like a smoky room."),
    Line(SORLEY, "Growers paid $220 for each hive this season, a record. That's kept people like Drummond-Vale in business. But it's also, he says, what makes him bring them all. He'd rather leave half at home to rest.\n\nWe stop at a weigh station in Nevada. The inspector keeps well away."),
    Line(DRIVER, "What are you hauling?"),
    Line(BEEKEEPER, "What's left of it. (Laughter) Bees."),
    Line(SORLEY, "At sunrise, we're in the hills above Dillon, Mont. He cuts the nets. For a minute there's nothing, and then they come out, each one flying backward, looking at its own door. That's how they learn a new place."),
    Line(BEEKEEPER, "You'd think after 30 years I would be sick of that. Look at them, though. They look at it like it was good news."),
    Line(SORLEY, "Julian Sorley, NPR News, Dillon, Mont."),
)

CHIPS = (
    Line(TEALE, "Three years ago, a company broke ground on what it called the largest computer chip plant in the Midwest. It was to bring 4,000 jobs to Pickett County, Ohio, and it was to open this month. What's open this month is the parking lot. NPR's Bram Okafor went to see it."),
    Line(OKAFOR, "It's a beautiful parking lot. There are 3,800 spaces, with young maples. In the middle, behind a fence, stand four walls as high as a cathedral, and no roof. I ask the guard at the gate whether anybody's working."),
    Line(GUARD, "I am."),
    Line(OKAFOR, "The company says it's waiting for the market. When the plant was planned, there were too few chips in the world. Now there are too many. So the machines, which cost $200 million apiece, are in crates in the Netherlands.\n\nShauna Kittredge welded pipes here for 14 months. Some were for water so pure that you can't drink it. She was laid off by text message."),
    Line(WELDER, "It said: pause. They paused me. I've got a mortgage that isn't paused. The funny part is I was proud of it. You do a weld like that, nobody will ever see it, and it's perfect. It's up there right now, being perfect. With pigeons."),
    Line(OKAFOR, "The county built a road for the plant, a water tower and a fire station with a truck that can reach the roof that isn't there. That came to $86 million. Prescott Yoon of the county development office signed the papers, and he's put them all on a table for me."),
    Line(DEVELOPER, "People say, you should've asked for a guarantee. We did. It's on Page 212. It says that they'll make reasonable efforts. I've had three lawyers read it, and one of them laughed."),
    Line(OKAFOR, "Do you regret it?"),
    Line(DEVELOPER, "I regret the fire truck. No, look. There were two other counties that offered more. If we'd said no, I'd be sitting here explaining that."),
    Line(OKAFOR, "He has ideas. A film company came to look at the walls. A man wants to grow lettuce inside of them. And on Sundays there's a farmers market on the lot, the biggest in the state. Kittredge sells pies there."),
    Line(WELDER, "Four thousand people did come, in the end. They come for the pies."),
    Line(OKAFOR, "The company told NPR that it remains committed to Pickett County, and that it will give an update in the second half of the decade. Bram Okafor, NPR News, Pickett County, Ohio."),
)

VOICEMAIL = (
    Line(QUIST, "Last week on ALL THINGS CONSIDERED, we told the story of a woman who pays for a second phone so that she won't lose one message. We asked if you keep one, too. More than 3,000 of you called. Imani Rusk, a sound archivist in Chicago, has helped us to listen. Welcome."),
    Line(ARCHIVIST, "Thank you. I've been crying on trains."),
    Line(QUIST, "Let's hear the first one. This is Delphine (ph), from Baton Rouge. She didn't give her last name."),
    Line(DELPHINE, "Hi. I have a message from my father from 2011. It's 19 seconds long, and he doesn't say anything important. He says, it's Daddy, they have the big shrimp, call me. I had not called him, because I was busy. I never did find out how big."),
    Line(QUIST, "I mean, the shrimp (laughter)..."),
    Line(ARCHIVIST, "I know. It's always the shrimp. We've sorted them, and hardly anybody saves the goodbye. They save the errand."),
    Line(QUIST, "Why's that, do you think?"),
    Line(ARCHIVIST, "Because in the errand, the person thinks there's a tomorrow. You can hear it. It's a kind of light in the voice. My whole job is speeches: presidents, poets. And a speech is always a little bit dead already. It knows it's being kept."),
    Line(QUIST, "Here's another. This is Harold Zuckerbrot in Tucson, Ariz."),
    Line(HAROLD, "This is Harold Zuckerbrot. I'm 77. I've got a message that isn't for me. Wrong number. It's from 2004, a young woman. She says, Billy, I got it, I got the job, I'm going to be a pilot. And she's so happy she forgot to say who she was. I tried to find her. I never had the heart to erase it, in case that was the only place that it was."),
    Line(QUIST, "Did anybody ever find her?"),
    Line(ARCHIVIST, "We played it for an airline pilots' group. So far there are 14 women who say it could've been them. (Laughter) They all got that call to make."),
    Line(QUIST, "If somebody's listening who has one of these on an old phone, what should they do?"),
    Line(ARCHIVIST, "Today - please, today - play it out loud next to a second phone and record it. It's crude and it works. Tell us your story: what it is, who it is, when. And write that down on paper, with a pencil. Batteries die. Pencil's forever."),
    Line(QUIST, "Imani Rusk, thank you."),
    Line(ARCHIVIST, "Thanks, Lorna. Call your father."),
)

HEAT = (
    Line(OHEARN, "It was 97 degrees in the strawberry fields of Ventura County, Calif., yesterday. It's March. A new state rule says that when it is that hot, people who work outdoors get 10 minutes of shade in every hour. NPR's Dalia Renshaw reports on the first week of it."),
    Line(RENSHAW, "The shade is blue, it's on wheels, and it was 400 yards away. Andrés Peñalver looks at it for a while, as you would look at a bus that you could catch if you ran."),
    Line(PICKER, "(Speaking Spanish)."),
    Line(RENSHAW, '"Ten minutes," he says. "Four to walk there. Four to walk back."'),
    Line(PICKER, "(Speaking Spanish)."),
    Line(RENSHAW, "\"So the law gives me two minutes, and I thank it.\" Peñalver is 44, and he's picked in this valley for 20 years. He's paid by the box, $2.40. In 10 minutes, he fills one.\n\nThat's the trouble with the rule, says the woman who owns the field. Lupe Ochoa-Brill used to pick here herself. She put the shade where the trucks can get at it, and she says she was proud that she'd bought it at all."),
    Line(FOREMAN, "They told me: provide shade. I provided shade. Nobody told me it has to follow people around like a dog. Then the inspector comes, and he walks it with a stopwatch. And do you know what? He was right. I walked it, too. I was ashamed."),
    Line(RENSHAW, "The inspector is Terrence O'Dowd. There are nine of him for the whole coast. He carries a thermometer that looks like a black pingpong ball on a stick, and he writes everything down twice."),
    Line(INSPECTOR, "I'm not trying to catch anyone. I've written 31 warnings and one fine, and the fine was a fellow who'd locked the water. Most of them just never walked their own field at 2 o'clock in the afternoon. I tell them, leave the truck, take your hat off and carry something."),
    Line(RENSHAW, "By the end of the week, Ochoa-Brill had bought three more canopies. She pays for the 10 minutes now as if they were a box. The growers' association calls that generous. Peñalver has another word."),
    Line(PICKER, "(Through interpreter) It is arithmetic. If I fall down, she loses the whole afternoon. Now we have done the same sum."),
    Line(RENSHAW, "On Friday, it's supposed to be 99. Dalia Renshaw, NPR News, Oxnard, Calif."),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750301",
        "A beekeeper drives home with less than half of his hives",
        "Fewer bees return from California's almonds",
        "Most of the country's honeybees spend February in California's almond orchards. One beekeeper counted 408 hives on the way home.",
        "Morning Edition",
        WEDNESDAY,
        time(5, 0),
        263,
        ("Julian Sorley",),
        BEES,
        section="Environment",
    ),
    Story(
        "nx-s1-5750302",
        "The chip plant that opened as a parking lot",
        "An Ohio county waits for its chip factory",
        "Pickett County, Ohio, was promised 4,000 jobs. It has a parking lot, four walls and a fire truck.",
        "Morning Edition",
        WEDNESDAY,
        time(5, 3),
        254,
        ("Bram Okafor",),
        CHIPS,
        section="Business",
    ),
    Story(
        "nx-s1-5750303",
        "What you keep when you keep a voice mail",
        "Listeners on the messages that they cannot erase",
        "More than 3,000 listeners told us about a message they have saved. Hardly anybody saves the goodbye.",
        "All Things Considered",
        WEDNESDAY,
        time(16, 22),
        301,
        ("Lorna Quist",),
        VOICEMAIL,
        section="Technology",
    ),
    Story(
        "nx-s1-5750304",
        "Ten minutes of shade, 400 yards away",
        "California's heat rule meets a strawberry field",
        "A new rule gives outdoor workers in California 10 minutes of shade in every hour. In one field, eight of them are spent walking.",
        "All Things Considered",
        WEDNESDAY,
        time(16, 41),
        244,
        ("Dalia Renshaw",),
        HEAT,
        section="Environment",
    ),
)
