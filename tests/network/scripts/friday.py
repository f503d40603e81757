"""Friday, March 20: bakers, an island election, a flood, a spacecraft, a senator, a steel guitar, an actor."""

from datetime import date, time

from tests.network.people import ARDEN, CASTELLANE, GARCIA_LUND, NELSON, OHEARN, QUIST, RAMAN, TEALE, WIELAND
from tests.network.story import Line, Speaker, Story

FRIDAY = date(2026, 3, 20)

OTIS = Speaker("Otis Brandvold", affiliation="Brandvold Bakery", is_always_full=True)
CLARA = Speaker("Clara Brandvold", affiliation="Brandvold Bakery", is_always_full=True)
FISHER = Speaker("Jóhan á Heygum", affiliation="fisherman", surname="á Heygum")
CANDIDATE = Speaker("Rannvá Dalsgarð", affiliation="candidate for parliament")
FARMER = Speaker("Gus Thorvaldsen", affiliation="sugar beet farmer")
MAYOR = Speaker(
    "Leticia Bonnaventure", affiliation="mayor of Ardmore Junction", first_label="MAYOR LETICIA BONNAVENTURE"
)
ANNOUNCER = Speaker(None, "announcer", first_label="UNIDENTIFIED ANNOUNCER")
NAVIGATOR = Speaker("JB Hollander", affiliation="navigation lead of the Halcyon mission")
ENGINEER = Speaker("Wen Astorquiza", affiliation="propulsion engineer")
SENATOR = Speaker("Ruth Abelard", "guest", "Senate", first_label="SENATOR RUTH ABELARD")
PLAYER = Speaker("Lonnie Duquette", affiliation="steel guitar player")
ACTOR = Speaker("Thaddeus Quarrie", affiliation="actor")

# fmt: off
# One line of the module is one line of the script.
BAKERY = (
    Line(RAMAN, "When a bakery closes, it's usually the rent, the flour or the hours. In Two Harbors, Minn., it was a brother and a sister who stopped speaking. Otis Brandvold and Clara Brandvold ran their family's shop together for 26 years. Then for one year they ran it without a word. This month they opened again, and they asked us not to make it sound like a fairy tale. Good morning to both of you."),
    Line(OTIS, "Good morning."),
    Line(CLARA, "Good morning. It's not a fairy tale."),
    Line(RAMAN, "What was it about?"),
    Line(OTIS, "A mixer."),
    Line(CLARA, "It was not about a mixer. It was about who gets to decide about a mixer."),
    Line(RAMAN, "(Laughter) All right. Tell me about the mixer."),
    Line(OTIS, "Our dad bought it in 1971. It had one speed. It shook the whole street. I found a used one in Duluth for $8,000, and I bought it on a Sunday without asking. I thought she'd be glad."),
    Line(CLARA, "I came in at 4 o'clock on Monday morning and Dad's mixer was out in the snow. With a tarp on it. Like a dead animal."),
    Line(RAMAN, "And you said?"),
    Line(CLARA, "Nothing. That was the trouble. I said nothing for 13 months."),
    Line(RAMAN, "How do you run a bakery like that?"),
    Line(OTIS, "With notes. On the wall over the oven. We have a shoebox of them. You know - 20 rye. Out of poppy. Your daughter called."),
    Line(CLARA, "The business did fine, by the way. People should know that. We sold more bread in that year than ever. You get very efficient when you aren't talking."),
    Line(RAMAN, "So why did you close?"),
    Line(OTIS, "Because I ran out of notes. I stood there with the pencil, and I wanted to write down something that had nothing to do with bread. And there wasn't any paper for that."),
    Line(CLARA, "He wrote: I miss you. On the back of a flour invoice. And I thought, well, now we'll have to close for a while. You can't do that and get the rolls out by 6."),
    Line(RAMAN, "They were closed for 11 weeks. They've opened again with both mixers. Otis Brandvold and Clara Brandvold of Brandvold Bakery in Two Harbors, thank you, and good luck."),
    Line(CLARA, "Thank you. We have to go. The cardamom."),
    Line(OTIS, "It's the cardamom. She's right."),
)

ISLANDS = (
    Line(TEALE, "It's MORNING EDITION from NPR News. I'm Marcus Teale. The Faroe Islands, in the North Atlantic, have 55,000 people, 70,000 sheep and, as of last night, a parliament in which no party has more than six seats. The question that split the vote was a tunnel. NPR's Tomás Wieland is in the capital, Torshavn, and he's on the line. Good morning, Tomás."),
    Line(WIELAND, "Good morning, Marcus. It's raining sideways."),
    Line(TEALE, "How does a tunnel break up a parliament?"),
    Line(WIELAND, "Well, there are already four of them under the sea here. They're very good, and they aren't cheap. The fifth would go to the southernmost island, Suduroy. It's 16 miles long, and it'd cost about as much as the whole country spends in a year. Those who live down there, about 4,600 people, say they've been promised it since 2006."),
    Line(TEALE, "And they lost?"),
    Line(WIELAND, "They didn't lose, and they didn't win. I spent election night with a fisherman, Jóhan á Heygum, in a boathouse in Vagur. He had a radio, a thermos and a map of the tunnel that his daughter drew in school. She's now 25."),
    Line(FISHER, "(Through interpreter) I do not even need the tunnel. I have a boat. But I would like to be asked to go somewhere without looking at the sky first."),
    Line(None, "(SOUNDBITE OF WIND)"),
    Line(WIELAND, "The surprise of the night was a new party, with three seats. It's led by Rannvá Dalsgarð, who is 34 and runs a school. She wants neither the tunnel nor the ferry to be talked about for one year."),
    Line(CANDIDATE, "We've put all our quarrels into a hole in the rock. Housing: that's the tunnel's fault. Fish prices: also the tunnel. I said, let's give the rock a holiday."),
    Line(TEALE, "So who will govern?"),
    Line(WIELAND, "Nobody knows. There are at least five ways to make a majority, and all of them need Dalsgarð. Talks begin on Monday. By the way, turnout was 88%, which people here described to me as a bit disappointing."),
    Line(TEALE, "NPR's Tomás Wieland in Torshavn. Thanks, and stay dry."),
    Line(WIELAND, "No chance. Thank you."),
)

FLOOD = (
    Line(QUIST, "This is ALL THINGS CONSIDERED from NPR News. I'm Lorna Quist. The Red River of the North runs the wrong way for a spring thaw: it flows north, out of the warm country and into the ice. This week it rose 11 feet in four days. NPR's Ines Garcia-Lund reports from Ardmore Junction, N.D., where people have been filling sandbags since Wednesday night."),
    Line(None, "(SOUNDBITE OF SHOVELS)"),
    Line(GARCIA_LUND, "The sand comes in dump trucks, and the bags come in bundles of 1,000. In between there are about 300 people in a hockey rink, most of them under 20. Somebody has painted a line on the boards: 41.5 feet. That's where the water stood in 1997."),
    Line(None, "(SOUNDBITE OF ARCHIVED RECORDING)"),
    Line(ANNOUNCER, "All residents east of Third Street should leave their homes now. Take medicine and warm clothes. Do not wait for a second call."),
    Line(GARCIA_LUND, "Leticia Bonnaventure heard that call as a girl. Now she's the mayor, and she has the radio station's phone number written on her hand."),
    Line(MAYOR, "We had 20 minutes then. My mother took the photographs and the goldfish. This time we have forecasts, we have pumps, we have a wall on the west side. What we don't have is a wall on the east side, because we voted on it three times and..."),
    Line(None, "(SOUNDBITE OF SIREN)"),
    Line(MAYOR, "...And three times it failed by about as many people as are standing in this rink."),
    Line(GARCIA_LUND, "Out of town, the water has no edge. Gus Thorvaldsen grows sugar beets on 900 acres, and today he's showing me 40 of them. The rest are a lake, with fence posts."),
    Line(FARMER, "You see the ripple? That's the county road. I drove my kids to school on that. The river isn't high out here, it's wide. In town they fight it up and down. Out here it just comes over and sits."),
    Line(GARCIA_LUND, "He isn't angry about it. He's angry about the ice. Jams downstream, across the border in Manitoba, hold the water back, and nobody can say for how long.\n\nThe National Weather Service expects the crest on Sunday morning, at 39 feet, give or take one. That one foot is what everybody in the rink talks about. At 39, the sandbags hold. At 40, they don't."),
    Line(MAYOR, "I tell people, I'm not going to promise you a number. I'm going to promise you a phone call."),
    Line(GARCIA_LUND, "As I left, the trucks were still coming. A boy of maybe 12 was tying bags, and he'd counted them: 611. He wanted that on the radio. Ines Garcia-Lund, NPR News, Ardmore Junction, N.D."),
)

PROBE = (
    Line(OHEARN, "A spacecraft the size of a refrigerator has been falling toward Neptune for nine years, and last weekend it stopped answering. For 61 hours, nobody knew whether it was still there. Then, on Tuesday, a dish in the Mojave Desert heard one tone. NPR's Keiko Arden has the story of the people who were listening."),
    Line(ARDEN, "There's a couch in the hallway of the control center in Pasadena, and JB Hollander slept on it for three nights. Hollander is the lead navigator of the mission, which is called Halcyon."),
    Line(NAVIGATOR, "You think that you're worried about the spacecraft. But it's 2.6 billion miles away and can't be worried about. What you're worried about is the last command you sent it."),
    Line(ARDEN, "That command was 14 lines long. It told the craft to turn its antenna by a third of a degree. An hour after it should've arrived, the signal went away."),
    Line(ENGINEER, "It's not like a phone call that drops. There's no click. You get a flat line on the screen, and you look at the cable. Everyone looks at the cable first."),
    Line(ARDEN, "Wen Astorquiza built the valves of the little engines that turn the craft. When the line went flat, she drove in from a wedding."),
    Line(ENGINEER, "In the dress. (Laughter) I still had the flowers."),
    Line(ARDEN, "They tried what they had tried in training. They sent a command to listen, and then they waited. Light takes nearly four hours to get there, and four hours to come back. So every question costs a working day.\n\nOn the second night, Hollander made a list on the whiteboard. At the top it said: what would we do if we were the spacecraft? And the answer was that a frightened spacecraft looks for the sun. It would've turned its back on us, and it would talk only through its smallest antenna."),
    Line(NAVIGATOR, "That's one watt. It's a refrigerator bulb at the distance of Neptune. So we asked for the biggest ear on Earth, and we asked for it at 3:09 in the morning. And they said yes."),
    Line(None, "(SOUNDBITE OF RADIO TONE)"),
    Line(ARDEN, "That's it. It's been shifted down so that we can hear it. It lasted for 38 seconds."),
    Line(NAVIGATOR, "Nobody cheered. That's what I remember. Everybody just sat down."),
    Line(ARDEN, "The craft is answering again, slowly. It'll pass Neptune in August, 2,000 miles above the clouds. As for the command of 14 lines, they found the error. It was a plus sign. It's now framed, over the couch. Keiko Arden, NPR News, Pasadena, Calif."),
)

FARM_BILL = (
    Line(QUIST, "The Senate went home today without a farm bill. It's the third time since fall. One of the few who had worked on it across the aisle is Senator Ruth Abelard of Nebraska, and she joins us from an airport. Senator, thanks for being here."),
    Line(
        SENATOR, "Well, thank you for having me, Lorna. If you hear a boarding call, it isn't mine. Mine was canceled."
    ),
    Line(QUIST, "(Laughter) Then we have time. What happened to this bill?"),
    Line(SENATOR, "What happened is that 61 senators told me they'd vote for it, and 48 of them did. I counted wrong, or they did. It came down to one page, about who gets crop insurance when a field has been under water for two years in a row."),
    Line(QUIST, "And who should?"),
    Line(SENATOR, "I think that you insure a farmer against a bad year, not against geography. Some of my own people will be mad at me for saying that. But if the same 300 acres flood five years out of six, then that's not an accident. That's a wetland with a mortgage."),
    Line(QUIST, "Your critics in the committee say your page would put 4,000 families off their land."),
    Line(SENATOR, "That isn't right. Nobody's put off anything. We'd buy the land at the price of the year before, and the family keeps the house. I've got a letter from a man in Dodge County: he's 71, he's been flooded nine times, and he writes, where do I sign? I read that on the floor."),
    Line(QUIST, "It didn't help."),
    Line(SENATOR, "It didn't help. It made a nice silence (laughter), though."),
    Line(QUIST, "So what happens to the programs that run out at the end of the month?"),
    Line(SENATOR, "They'll be extended. They're always extended. It's the one crop that never fails around here. School lunches go on, and the loans go on. What stops is anything new: research, the young farmers, broadband. And then in September we'll stand at this same gate."),
    Line(QUIST, "Do you still think that you can get to 60?"),
    Line(SENATOR, "Ask me after I've slept. I've been in this for 12 years. I have never seen a bill that was as dead as it looked, and I've never seen one that was as alive as the leadership said."),
    Line(QUIST, "Senator Ruth Abelard, Republican of Nebraska. I hope that you get home."),
    Line(SENATOR, "So do the cattle. Thank you."),
)

STEEL = (
    Line(OHEARN, "The pedal steel guitar has 10 strings, three pedals, five levers and, in one man's opinion, no mercy. Lonnie Duquette has played it on more than 4,000 records, and his name is printed on 11 of them. At 81, he has made the first one of his own. NPR's Amina Farouk Nelson went to see him in Muscle Shoals, Ala."),
    Line(None, '(SOUNDBITE OF LONNIE DUQUETTE SONG, "EVERYBODY ELSE\'S SUNDAY (SLOW)")'),
    Line(NELSON, "You've heard Lonnie Duquette. You've heard him in trucks and dentists' chairs, behind people who are famous. He's the sound that comes in when the singer stops."),
    Line(PLAYER, "They'd say, Lonnie, give us eight bars of sorry. And I'd say, what kind? There's the sorry when you did it and the sorry when you got caught. They're a half step apart."),
    Line(NELSON, "He shows me on the instrument. He sits as if at a loom. Feet, knees, both hands."),
    Line(None, "(SOUNDBITE OF STEEL GUITAR)"),
    Line(PLAYER, "That's when you did it.\n\nAnd this one here, listen..."),
    Line(None, "(SOUNDBITE OF STEEL GUITAR)"),
    Line(PLAYER, "...That's when you got caught. (Laughter)"),
    Line(NELSON, "He came to the studio in 1964 to fix its piano. Somebody was sick, somebody else owned a steel, and he stayed for 50 years. The pay was $61 a song. He never asked for more, and he never wrote down what he played on."),
    Line(PLAYER, "I didn't think it was mine. I figured that if you hand a man a hammer and he hits his nail with it, it's his nail."),
    Line(NELSON, "It was his granddaughter who made the list. She's a librarian, and she went through the tapes on her vacations. She got to 4,112. Then she asked him what he'd play if nobody was singing.\n\nHe thought about it for a year, he says. The new record's called \"No Singer.\" There's nobody on it but him, and a clock in the room that he refused to stop."),
    Line(PLAYER, "It keeps bad time. That's why I like it. All my life I've been following somebody. I figured it could be a clock for a change."),
    Line(NELSON, "Amina Farouk Nelson, NPR News, Muscle Shoals, Ala."),
    Line(None, '(SOUNDBITE OF LONNIE DUQUETTE SONG, "NO SINGER")'),
)

ACTING = (
    Line(CASTELLANE, "This is FRESH AIR. I'm Miriam Castellane. For 19 years, Thaddeus Quarrie played the butler in a television series that he never watched. Since then, he's been a king, a crook, three popes and the voice of a bear. He's now in a play without words, in which he irons shirts for 70 minutes. Critics have called it the most frightening thing on Broadway. Thaddeus Quarrie, welcome."),
    Line(ACTOR, "Thank you. I brought no iron."),
    Line(CASTELLANE, "How do you rehearse ironing?"),
    Line(ACTOR, "By ironing badly. I had always been ironed for, you see. I was 62 before I touched one. The director, who's a tyrant, had me do 20 shirts a day for a month before we spoke about the character. And then she said, you've got it, you hate him. And I said, whom? And she said, the man whose shirts they are."),
    Line(CASTELLANE, "We never see him."),
    Line(ACTOR, "No. But I know his collar size."),
    Line(None, "(LAUGHTER)"),
    Line(CASTELLANE, "You were born in Port of Spain, and you were sent to school in Scotland at 8. You've said that this was when you began acting."),
    Line(ACTOR, "It was not for pleasure. There were 200 boys, and I had an accent. By Christmas I had theirs. I did it as you'd hold your breath under water. When I went home in July, my grandmother looked at me and said, who is this little man? So I learned the other trick, which is to come back up.\n\nI have gone up and down all my life. I think that most people do it. They aren't paid for it, that's all."),
    Line(CASTELLANE, "What did the butler teach you?"),
    Line(ACTOR, "To carry a tray. (Laughter) No - to listen. A butler in a scene has three lines, and he's there for nine minutes. If he acts, he's a nuisance. If he does nothing, he's furniture. There's a narrow place in between where he hears everything. I lived there for 19 years, and it was very well-paid."),
    Line(CASTELLANE, "And you truly never watched it?"),
    Line(ACTOR, "I was told how it ended. I was quite surprised."),
    Line(CASTELLANE, "Your memoir has a wonderful title. It's \"The Door, Sir: A Life In Entrances.\" There's a chapter in it about stage fright, which came to you late."),
    Line(ACTOR, "At 70. I'd never had it. I walked on one evening as Lear, with the map under my arm, and I looked at the map and it was only a piece of cloth. And everything went with it. The daughters were three nice women from the union. I stood there for what I'm told was 11 seconds. You could have sailed a ship through it."),
    Line(CASTELLANE, "What brought you back?"),
    Line(ACTOR, "Somebody coughed. In the third row. And I thought, that's a person, he has a cold, and he came anyway. I've loved coughs ever since. I wait for them."),
    Line(CASTELLANE, 'Thaddeus Quarrie is starring in the play "Pressed." Thank you for being here.'),
    Line(ACTOR, "My pleasure. I like your collar."),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750501",
        "Two bakers, two mixers and a year without a word",
        "Brother and sister bakers talk again",
        "A brother and sister ran their bakery in Two Harbors, Minn., for a year without speaking. This month they opened again.",
        "Morning Edition",
        FRIDAY,
        time(5, 0),
        262,
        ("Priya Raman",),
        BAKERY,
        section="Business",
    ),
    Story(
        "nx-s1-5750502",
        "A tunnel splits the vote in the Faroe Islands",
        "Faroe Islands vote leaves a parliament in pieces",
        "No party has more than six seats after an election in the Faroe Islands. The question was a tunnel under the sea.",
        "Morning Edition",
        FRIDAY,
        time(5, 4),
        224,
        ("Tomás Wieland", "Marcus Teale"),
        ISLANDS,
        section="World",
    ),
    Story(
        "nx-s1-5750507",
        "Thaddeus Quarrie irons shirts for 70 minutes, and it's frightening",
        "Actor Thaddeus Quarrie on butlers, stage fright and coughs",
        "He played a butler for 19 years. Now the actor Thaddeus Quarrie is on Broadway in a play without words.",
        "Fresh Air",
        FRIDAY,
        time(12, 2),
        2231,
        ("Miriam Castellane",),
        ACTING,
        section="Theater",
    ),
    Story(
        "nx-s1-5750503",
        "On the Red River, a town fills sandbags and waits for one foot",
        "North Dakota town waits for the Red River's crest",
        "The Red River rose 11 feet in four days. In Ardmore Junction, N.D., the crest is expected on Sunday.",
        "All Things Considered",
        FRIDAY,
        time(16, 8),
        271,
        ("Ines Garcia-Lund",),
        FLOOD,
    ),
    Story(
        "nx-s1-5750504",
        "How a silent spacecraft was heard again",
        "A probe near Neptune answers after 61 hours",
        "A spacecraft on its way to Neptune fell silent for 61 hours. The people who fly it tell how they found it.",
        "All Things Considered",
        FRIDAY,
        time(16, 19),
        288,
        ("Keiko Arden",),
        PROBE,
        section="Space",
    ),
    Story(
        "nx-s1-5750505",
        "Sen. Abelard on a farm bill that died for the third time",
        "Nebraska senator on the farm bill's failure",
        "The Senate left without passing a farm bill. Senator Ruth Abelard of Nebraska explains what happened.",
        "All Things Considered",
        FRIDAY,
        time(16, 27),
        241,
        ("Lorna Quist",),
        FARM_BILL,
        section="Politics",
    ),
    Story(
        "nx-s1-5750506",
        "After 4,112 songs, a steel guitar player makes his own",
        "Lonnie Duquette, 81, makes a record without a singer",
        "Lonnie Duquette has played the pedal steel guitar on more than 4,000 records. At 81, he has made one of his own.",
        "All Things Considered",
        FRIDAY,
        time(16, 48),
        277,
        ("Amina Farouk Nelson",),
        STEEL,
        section="Music",
    ),
)
