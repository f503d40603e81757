"""Saturday and Sunday, March 21 and 22: a last runner, a puzzle maker, a comic, a ferry vote, a choir, ballots by mule, soil."""

from datetime import date, time

from tests.network.people import ARDEN, FELD, FENWRIGHT, IBARRA_STONE, MCALLERY, OHEARN, OKAFOR, VANEK_HOLM
from tests.network.story import Line, Speaker, Story

SATURDAY = date(2026, 3, 21)
SUNDAY = date(2026, 3, 22)

RUNNER = Speaker("Gwendolyn Ashby-Ruiz", affiliation="marathon runner")
SWEEPER = Speaker("Moses Pendergast", affiliation="sweep bus driver")
PUZZLER = Speaker("Ambrose Lindqvist-Day", affiliation="crossword constructor")
COMIC = Speaker("Zoë Marchetti", affiliation="comedian")
HECKLER = Speaker(None, "other", first_label="UNIDENTIFIED AUDIENCE MEMBER")
CONDUCTOR = Speaker("Bronwen Tull", affiliation="choir conductor")
BASS = Speaker("Ezekiel Farrow", affiliation="singer")
CHOIR = Speaker(None, "other", first_label="UNIDENTIFIED SINGERS")
CLERK = Speaker("Nadine Holyoke", affiliation="county clerk")
PACKER = Speaker("Buck Salazar-Dunne", affiliation="mule packer")
VOTER = Speaker("Iris Pomeranz", affiliation="voter")
TINDALL = Speaker("Dolores Tindall", affiliation="ferry passenger")
DECKHAND = Speaker("Kip Laramie-Voss", affiliation="deckhand")
SUPERVISOR = Speaker("Roberta Chae", affiliation="county supervisor")
LISTENER = Speaker("Siobhan McElderry", affiliation="soil ecologist")
GARDENER = Speaker("Abel Nakamura-Fry", affiliation="farmer")

# fmt: off
# One line of the module is one line of the script.
LAST_RUNNER = (
    Line(FELD, "This is WEEKEND EDITION from NPR News. I'm Joanna Feld. Somebody has to be last. At the River City Marathon in Chattanooga, Tenn., it's been the same person for 14 years, and this morning she is at the start again. NPR's Pete Fenwright has been walking along."),
    Line(None, "(SOUNDBITE OF STARTING PISTOL)"),
    Line(FENWRIGHT, "Nine thousand people go by. It takes 11 minutes. And when the street's empty and there's only paper on it, Gwendolyn Ashby-Ruiz ties her shoes."),
    Line(RUNNER, "I like to let them have their excitement. I'm 69. I've got all day. I've literally got a permit for all day."),
    Line(FENWRIGHT, "She walks at 3.1 miles an hour. She says good morning to each police officer, and most of them say good morning, Miss Gwen. Behind her, at the same speed, there's a yellow school bus with a sign on it that says, sweep. Moses Pendergast is at the wheel."),
    Line(SWEEPER, "My job's to pick up whoever is behind the pace. First year, I pulled up alongside, opened the door. She said, young man, close that door, you're letting the heat out. I've followed her since then. It's the quietest day I get."),
    Line(FENWRIGHT, "She began after an operation. Her doctor had told her to walk to the corner. There was a race on, and it happened to pass the corner, and she didn't see a reason to stop. She was out for nine hours and 40 minutes. When she came to the finish, it had been taken down."),
    Line(RUNNER, "There was a man with a broom. He leaned it on a trash can and held up his two arms like a gate. And I went through. I've had a lot of nice things happen to me, but I've never been so finished."),
    Line(FENWRIGHT, "Word got around. The next year, the broom man brought his family. Last year, there were 600 people at the end, and a brass band, and the winner of the race, who'd gone home and slept and come back."),
    Line(SWEEPER, "I'll tell you something. Some of the fast ones drop out on purpose now. They get on at mile 20, and they ask me, is this the bus that's behind her?"),
    Line(FENWRIGHT, "Does she ever want to be faster?"),
    Line(RUNNER, "What for? They'd have to find another last, and it's not for everybody. You have to like the backs of people."),
    Line(FENWRIGHT, "She's due at about 6:30. There will be a man there with a broom. Pete Fenwright, NPR News, Chattanooga."),
)

CROSSWORD = (
    Line(FELD, "Ambrose Lindqvist-Day has made 812 crosswords for newspapers. In the last one, there's an error. He put it there on purpose, he told no one, and he's been waiting for nine weeks for somebody to find it. He joins me now. Good morning."),
    Line(PUZZLER, "Good morning, Joanna. Thank you for letting me unburden myself."),
    Line(FELD, "Why would you do that?"),
    Line(PUZZLER, "It was a kind of experiment. For 40 years, I have had letters: dear sir, a newt is not a lizard. I used to dread them. Then, two years ago, they stopped. I thought, either I've become perfect, or nobody's there. And I wanted to know which."),
    Line(FELD, "So what was the mistake?"),
    Line(PUZZLER, "Seventeen across: capital of Australia. Six letters. Well, you see the trouble."),
    Line(FELD, "Canberra has eight."),
    Line(PUZZLER, "It does. The answer in the grid is Sydney. I want to be clear that I felt ill. I went for a walk after I'd sent it in. And my editor said, lovely, nice and easy for a Monday."),
    Line(FELD, "(Laughter) And then it was printed."),
    Line(PUZZLER, "In 214 papers. It was solved, we think, by about a million people. A million people wrote the wrong city in ink. I sat by the mailbox.\n\nOne letter came. It was from a girl of 9 in Dubuque. She wrote: Dear Mr. Lindqvist-Day, I got them all except for 17. Could you help me? I know that it's Canberra, but it won't go in."),
    Line(FELD, "Oh, that's wonderful."),
    Line(PUZZLER, "She thought that she was the one who had it wrong. Everyone else had simply made it fit. I've thought about very little else since then."),
    Line(FELD, "What did you write back?"),
    Line(PUZZLER, "I wrote: you have found the answer to a much bigger puzzle. And I asked her to make one with me. It's running tomorrow. Hers is the upper left corner. It has a clue that I couldn't have made: what a door is when it's ajar: not a door."),
    Line(FELD, "And does the puzzle have any mistakes in it?"),
    Line(PUZZLER, "She checked it. There were four. (Laughter) They were mine."),
    Line(FELD, "Ambrose Lindqvist-Day. Thanks, and I will get my pencil."),
    Line(PUZZLER, "Use ink. Be brave. Goodbye."),
)

COMEDY = (
    Line(FELD, "Zoë Marchetti tells jokes for a living, mostly in the back rooms of restaurants, and for the past year she's told them to people who are learning English. It's the toughest crowd in Queens, she says: they listen to every word. She's here in our studio. Thanks for coming in."),
    Line(COMIC, "Thanks for having me. You all listen, too. It's scary."),
    Line(FELD, "Let's hear what it sounds like. This was on Tuesday night, at a community center in Jackson Heights."),
    Line(None, "(SOUNDBITE OF ARCHIVED RECORDING)"),
    Line(COMIC, "So my landlord says the heat's included. In what? In the rent? In the brochure?"),
    Line(None, "(LAUGHTER)"),
    Line(HECKLER, "Excuse me. What's brochure?"),
    Line(COMIC, "It's a piece of paper where everything is true in the summer."),
    Line(None, "(APPLAUSE)"),
    Line(FELD, "So people ask."),
    Line(COMIC, "They ask (laughter)! In a club, a heckler wants you to die. Here they want the vocabulary. I'd have a whole rhythm going, and a hand goes up. At first, I thought, I can't work like this. And then I noticed that when I explained the joke - which you're never, ever supposed to do - the explaining got a bigger laugh."),
    Line(FELD, "Why do you think that is?"),
    Line(COMIC, "Because English is the funny thing. I grew up in it, I never saw it. A woman from Nepal asked me why your nose runs and your feet smell. I went home and I lay on the floor. I've been doing this for 12 years, and she had the best one in the room and she thought that it was a question."),
    Line(FELD, "You've got a notebook with you."),
    Line(COMIC, "These are all theirs. Here: how can a fat chance and a slim chance be the same? Here: when the alarm goes off, it goes on. This one's from a man who drives a cab. He said, in my country, I was an engineer: here, I'm a sir."),
    Line(FELD, "Is that a joke?"),
    Line(COMIC, "That's what I asked. And he said, you tell me, you're the native speaker."),
    Line(FELD, "You pay them for the lines, I understand."),
    Line(COMIC, "Twenty dollars a joke. It's more than I get. (Laughter) Two of them have an act now. They open for me. Honestly, I don't want to follow them anymore."),
    Line(FELD, "Zoë Marchetti's show is called \"Fat Chance, Slim Chance.\" Thank you."),
    Line(COMIC, "Thank you. And your nose is fine."),
)

CHOIR_STORY = (
    Line(IBARRA_STONE, "It's WEEKEND EDITION from NPR News. I'm Rafael Ibarra-Stone. On the coast of Wales, there's a choir that has not been able to meet in one place for two years, since the sea took the road. So its 30 singers sing from three villages, across the water, at low tide. NPR's Mara Vanek Holm stood in the middle."),
    Line(None, "(SOUNDBITE OF WAVES)"),
    Line(VANEK_HOLM, "The middle is a sandbank. You've got about 50 minutes before it's gone. To the north, I can see the tenors, or at least their raincoats. The altos are on a slipway to the east. Bronwen Tull, who conducts, is next to me on a kitchen chair, with a flag in each hand."),
    Line(CONDUCTOR, "Sound is slow, you see. It's half a second from that side, and near enough a second from the other. If they sing when they see me, it arrives in pieces. So I've got to conduct the altos before the tenors. I'm conducting the past and the future, like."),
    Line(CHOIR, "(Singing in Welsh)."),
    Line(VANEK_HOLM, "It took them four months. They tried it with phones, which was worse. Then Ezekiel Farrow, a bass who used to be a ship's pilot, worked it out with a tide table and a stopwatch."),
    Line(BASS, "The chord's only right in one place. I've marked it, there's a stake. Ten feet to either side of it, and you've three choirs having a row. But if you stand at the stake - well, you've heard it. You wouldn't know that we hadn't a road."),
    Line(VANEK_HOLM, "The county council says that it'll rebuild the road in 2029. People here have stopped asking. The shop comes by boat, and the doctor, and on Sundays, now, so does an audience. It's limited to 12, because that's how many can stand near the stake.\n\nI ask Tull what happens when the weather's bad."),
    Line(CONDUCTOR, "Then we each sing alone, at home, at the same time. With the windows open. We know it's going on. I'm not sure that it isn't better."),
    Line(None, "(SOUNDBITE OF WAVES)"),
    Line(VANEK_HOLM, "The water's at our ankles. She folds the flags, and somebody comes for the chair. From the far side, the tenors are still singing. They can't see that she has stopped. Mara Vanek Holm, NPR News, Llanfaes Point, Wales."),
)

BALLOTS = (
    Line(IBARRA_STONE, "Arizona votes in a special election on Tuesday, and some of the ballots have already been on a long ride. At the bottom of the canyon country, there's a precinct of 88 voters with no road. Its ballots go down by mule, and they come up by mule. NPR's Bram Okafor went with them."),
    Line(None, "(SOUNDBITE OF HOOVES)"),
    Line(OKAFOR, "The ballot box is a steel ammunition can with two locks. Buck Salazar-Dunne ties it onto a mule named Senator. The mule, he says, was named by his daughter, and it's not a comment."),
    Line(PACKER, "He's steady, he's slow and he won't be pushed. (Laughter) All right, it's a bit of a comment."),
    Line(OKAFOR, "It's eight miles down and 3,000 feet. The state requires that two people of different parties go along. One's Nadine Holyoke, the county clerk. She's a Republican, she's 64, and she's never ridden before this year. Her colleague got a cold."),
    Line(CLERK, "I said, I've certified this precinct for 20 years. I've signed my name to a mule. I had better look it in the face."),
    Line(OKAFOR, "There's been a proposal to close it. Mailing 88 ballots by helicopter would cost a third as much, and the legislature has asked why the county doesn't do that. Holyoke's answer is 11 pages long. She gives me the short one."),
    Line(CLERK, "Because of the chain. From the minute it leaves my office, somebody has got a hand on that box, and I know who. You put it on a helicopter, there's a hangar. There's a fellow with a clipboard. It isn't that I don't trust him. It's that I don't know his name."),
    Line(OKAFOR, "At the bottom, under the cottonwoods, there's a line. Iris Pomeranz is 91, and she's had her hair done. She's voted here in 17 elections for president, and she's been on the losing side of 12 of them."),
    Line(VOTER, "I don't mind that. I like to see it tied on. I like to see it go up the trail until you can't see it anymore. I think, well, there goes mine."),
    Line(OKAFOR, "By the evening, there are 83 in the can. Two voters are away, two are sick, and one has told everyone that she's undecided. They wait for her until the last light. Then Holyoke locks the one lock, and a Democrat locks the other. Senator starts up the hill.\n\nHe doesn't hurry. Bram Okafor, NPR News, in northern Arizona."),
)

FERRY_VOTE = (
    Line(OHEARN, "It's ALL THINGS CONSIDERED from NPR News. I'm Declan O'Hearn. On Monday, MORNING EDITION told the story of Harlow Landing, Iowa, where the bridge is closed and the ferry is full. Since then, quite a lot has happened. NPR's Tess McAllery has stayed in town, and she's with us from the landing. Hi, Tess."),
    Line(MCALLERY, "Hi, Declan. If you hear a horn, that's 3:09."),
    Line(OHEARN, "That's the time?"),
    Line(MCALLERY, "That's the name. They've named the boats for when they leave. So on Thursday night, the two counties met again, two weeks early, in the school gym. They expected 50 people, and 700 came. And one of them was Dolores Tindall, whom listeners may remember. She's the one who was going to the dentist."),
    Line(TINDALL, "I stood up and I said, you may have your bridge. Build it, I won't live to see it. But I'd like to know why the boat has to stop. You build a thing and you take away a thing. Nobody ever asks if you could have two."),
    Line(None, "(APPLAUSE)"),
    Line(OHEARN, "And could they?"),
    Line(MCALLERY, "Well, it turns out that nobody had done the sum. Roberta Chae, a county supervisor, did it on the back of the agenda while people were still talking. The ferry loses $11 a trip. The detour costs the school buses alone $900 a day."),
    Line(SUPERVISOR, "I'm not a romantic. I voted against the carousel. But I put the two numbers next to each other, and I thought: we've been paying for the wrong thing since 1935."),
    Line(MCALLERY, "So they voted: nine to two for the bridge, and 11 to nothing for keeping the boat. There was one question left, which was who'd run it. The deckhands have been on loan from a casino. One of them, Kip Laramie-Voss, put up his hand."),
    Line(DECKHAND, "I deal blackjack. I've done that for six years. Nobody's ever been glad to see me. I said, I'd take a cut in pay."),
    Line(OHEARN, "What did they say?"),
    Line(MCALLERY, "They said, how much of a cut? (Laughter) He starts in April.\n\nI should say that the money for the bridge isn't there yet. The state wants its $40 million by July. But there's a jar on the boat. When I last looked, there was $212 in it and a wedding ring, with a note."),
    Line(OHEARN, "What's on the note?"),
    Line(MCALLERY, "It says, for a pin."),
    Line(OHEARN, "NPR's Tess McAllery in Harlow Landing, Iowa. Thank you."),
    Line(MCALLERY, "Thanks, Declan."),
)

SOIL = (
    Line(IBARRA_STONE, "What does a healthy field sound like? A scientist in Illinois has been pushing microphones into the ground to find out. NPR's Keiko Arden put her ear to it, and she brought us some tape. Good morning, Keiko."),
    Line(ARDEN, "Good morning. I'm going to play you something, and I'd like you to guess."),
    Line(None, "(SOUNDBITE OF CRACKLING)"),
    Line(IBARRA_STONE, "Breakfast cereal?"),
    Line(ARDEN, "Close. It's an acre of corn stubble near Bloomington, at a depth of 5 inches. That's earthworms. They've got little bristles, and when they pull themselves along, they crackle. Siobhan McElderry, a soil ecologist, has 9,000 hours of that."),
    Line(LISTENER, "My husband asked me not to play it at dinner anymore. You get so that you know them. The deep ones are slow, they've a sort of creak. The red ones are gossips."),
    Line(ARDEN, "To find out what lives in the soil, you used to have to dig it up, and then it didn't live there. McElderry's idea was to leave it alone. She counts clicks per minute. A good field has 140. A field that's been plowed every year for a century, and sprayed, has about nine."),
    Line(IBARRA_STONE, "And what does that sound like?"),
    Line(None, "(SOUNDBITE OF HUM)"),
    Line(ARDEN, "That's it. That's the highway, three miles away. It belongs to Abel Nakamura-Fry. It was his grandfather's. She played it for him in his kitchen."),
    Line(GARDENER, "I've got soil tests going back to the '60s. Nitrogen: fine. Phosphorus: fine. I'd look at those papers, I'd think that we were doing all right. Then she gave me the headphones. I said, is it on? She said, it's on."),
    Line(ARDEN, "He didn't change everything. He couldn't afford to. He left one strip of 12 acres alone, with clover on it, and each Sunday after church he goes out with a fork, a microphone and a cassette recorder, because he doesn't trust the other kind."),
    Line(GARDENER, "The first year, nothing. The second year, nothing. I'd about quit. And then in May, I heard one. One click. I stood out there like a kid at a radio. And I thought, well, hello."),
    Line(IBARRA_STONE, "How many are there now?"),
    Line(ARDEN, "Thirty-one a minute. He's kept all of the tapes. He says it's the only music that he's ever made."),
    Line(IBARRA_STONE, "NPR's Keiko Arden. Thanks very much."),
    Line(ARDEN, "You're welcome."),
    Line(None, "(SOUNDBITE OF CRACKLING)"),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750601",
        "She has come in last for 14 years. Now 600 people wait for her",
        "At a Tennessee marathon, last place is taken",
        "Gwendolyn Ashby-Ruiz walks the River City Marathon at 3.1 miles an hour, with a school bus behind her.",
        "Weekend Edition Saturday",
        SATURDAY,
        time(7, 58),
        243,
        ("Pete Fenwright",),
        LAST_RUNNER,
        section="Sports",
    ),
    Story(
        "nx-s1-5750602",
        "He hid an error in a crossword. A million people wrote it in ink",
        "A puzzle maker waits for somebody to complain",
        "Ambrose Lindqvist-Day put the wrong capital in his crossword. One person wrote to him about it.",
        "Weekend Edition Saturday",
        SATURDAY,
        time(8, 3),
        255,
        ("Joanna Feld",),
        CROSSWORD,
        section="Games & Humor",
    ),
    Story(
        "nx-s1-5750603",
        "A comedian finds her toughest crowd in an English class",
        "Zoë Marchetti tells jokes to people learning English",
        "Zoë Marchetti performs for people who are learning English. They ask questions.",
        "Weekend Edition Saturday",
        SATURDAY,
        time(8, 11),
        268,
        ("Joanna Feld",),
        COMEDY,
        section="Pop Culture",
    ),
    Story(
        "nx-s1-5750604",
        "A river town votes for its bridge and keeps its boat",
        "Harlow Landing, Iowa, wants two ways across",
        "The bridge at Harlow Landing, Iowa, is closed. This week, two counties voted to build a new one and to keep the ferry.",
        "All Things Considered",
        SATURDAY,
        time(17, 12),
        256,
        ("Tess McAllery", "Declan O'Hearn"),
        FERRY_VOTE,
    ),
    Story(
        "nx-s1-5750701",
        "Three villages, one choir and a stake in the sand",
        "A Welsh choir sings across the water",
        "Since the sea took the road, a choir in Wales sings from three villages at low tide.",
        "Weekend Edition Sunday",
        SUNDAY,
        time(8, 2),
        239,
        ("Mara Vanek Holm",),
        CHOIR_STORY,
        section="Music",
    ),
    Story(
        "nx-s1-5750702",
        "Eighty-eight voters, one mule and two locks",
        "Ballots leave an Arizona canyon by mule",
        "A precinct in Arizona has no road. Its ballots travel by mule, between a Republican and a Democrat.",
        "Weekend Edition Sunday",
        SUNDAY,
        time(8, 9),
        251,
        ("Bram Okafor",),
        BALLOTS,
        section="Politics",
    ),
    Story(
        "nx-s1-5750703",
        "What a healthy field sounds like from 5 inches down",
        "A scientist listens to worms",
        "A soil ecologist in Illinois counts the clicks of earthworms. In one field, she heard only the highway.",
        "Weekend Edition Sunday",
        SUNDAY,
        time(8, 20),
        233,
        ("Keiko Arden",),
        SOIL,
        section="Science",
    ),
)
