"""Monday, March 16: a bridge, a medical trial, a postal strike, bells, a novelist."""

from datetime import date, time

from tests.network.people import CASTELLANE, MCALLERY, OHEARN, QUIST, RAMAN, TEALE, VANEK_HOLM
from tests.network.story import Line, Speaker, Story

MONDAY = date(2026, 3, 16)

DOLORES = Speaker("Dolores Tindall", affiliation="ferry passenger")
PRUITT = Speaker("Walter Pruitt Jr.", affiliation="county engineer", surname="Pruitt")
OKONJO = Speaker("Samira Okonjo", affiliation="cardiologist", first_label="DR. SAMIRA OKONJO")
BEAUMAIN = Speaker("Carl Beaumain", affiliation="patient")
UNION = Speaker("Ottilie Brandt-Moreau", affiliation="letter carriers' union")
PERSON_1 = Speaker(None, "other", first_label="UNIDENTIFIED PERSON #1")
PEOPLE = Speaker(None, "other", first_label="UNIDENTIFIED PEOPLE")
SHOPKEEPER = Speaker("Joaquim Seabra", affiliation="bookseller")
RINGER = Speaker("Prudence Oakeshott", affiliation="bell ringer")
NOVELIST = Speaker("Ilse Verhoeven-Clark", affiliation="novelist")
# fmt: off
# One line of the module is one line of the script.
BRIDGE = (
    Line(TEALE, "For 91 years, the people of Harlow Landing, Iowa, crossed the Mississippi on a steel bridge so narrow that two trucks could not pass. Since the first of February, nobody crosses it at all. Inspectors found cracks as long as a hand in two of its pins, and the state closed it the same afternoon. From member country along the river, NPR's Tess McAllery reports on a town that is learning to live with the long way around."),
    Line(MCALLERY, "The ferry leaves when it's full, and on a Monday morning it fills quickly. There are nurses in scrubs, a man with a crated dog, and Dolores Tindall, who is 74 and is going to the dentist."),
    Line(DOLORES, "It used to be six minutes. I timed it once, because my husband said four. Now I have to leave the house at 7:10 and pray about the wind."),
    Line(None, "(SOUNDBITE OF FERRY HORN)"),
    Line(MCALLERY, "The detour by road is 58 miles. The school district has parents on both banks, the only hospital is on one, and the grain elevator is on the other.\n\nWalter Pruitt Jr. is the county engineer. He has a cracked pin on his desk, wrapped in a bath towel, and he shows it to everyone who comes in."),
    Line(PRUITT, "People ask me, couldn't you just watch it? And I say, well, you don't watch a thing like that. You either trust it or you don't. Number one: the pin holds the whole truss. Number two: there isn't a spare one in the world."),
    Line(MCALLERY, "A new bridge was planned for 2031. Pruitt says the state has now offered to start two years sooner, if the two counties find $40 million between them. Last week they met, and it went the way such meetings go."),
    Line(PRUITT, "Everybody agreed that it was urgent. (Laughter) And then everybody agreed to meet again in April."),
    Line(MCALLERY, "Back at the landing, the deckhands have started to know people's names, and what they drink. Dolores Tindall says that's something the bridge never gave her."),
    Line(DOLORES, "You don't talk to anybody on a bridge. I've met three women on this boat I should have known for 50 years. Don't tell the engineer, but I may miss it."),
    Line(MCALLERY, "The last crossing is at 6:30. After that, there is only the road, and the lights of the other side. Tess McAllery, NPR News, Harlow Landing, Iowa."),
)

TRIAL = (
    Line(RAMAN, "A cheap old pill may do as much for some heart patients as a new one that costs 200 times more. That is the result of a study published this morning, which followed more than 9,000 people for five years. Dr. Samira Okonjo is a cardiologist in Cleveland, and she led it. Good morning."),
    Line(OKONJO, "Good morning, Priya. Thank you for having me."),
    Line(RAMAN, "So tell us what you were trying to find out."),
    Line(OKONJO, "We wanted to ask a very plain question. If you have had one small heart attack and you're doing well, do you need the expensive drug for the rest of your life? The companies that make it had no reason to ask. So it took us eight years to find the money. We compared it with a tablet that was first sold in 1964."),
    Line(RAMAN, "And the answer?"),
    Line(OKONJO, "The answer is that we could not tell the two groups apart. Not in deaths, not in second heart attacks, not in strokes. The only clear difference was the bruises. People on the old pill bruised a little more."),
    Line(RAMAN, "One of the people in your study is Carl Beaumain, a retired bus driver. We called him up, and he told us what he thought when he finally heard which pill he had been given."),
    Line(BEAUMAIN, "I laughed. I said, you mean I've been taking the 4-cent one? My daughter was sure I was on the fancy one, because I was feeling so good. I said, honey, that's the gardening."),
    Line(RAMAN, "(Laughter) Dr. Okonjo, does that mean people should switch?"),
    Line(OKONJO, "Nobody should change anything today. Call your doctor and ask. This was for people with one small event, with no diabetes, under 75. For others, we do not know. I would put it like this: we have shown that the question was worth asking. Now the people who write the guidelines have to read all 212 pages of it."),
    Line(RAMAN, "What will you study next?"),
    Line(OKONJO, "Sleep, if anyone will pay for it. (Laughter) I mean the study. I would also like some of my own."),
    Line(RAMAN, "Dr. Samira Okonjo, thank you for speaking with us on MORNING EDITION."),
    Line(OKONJO, "It was a pleasure."),
)

STRIKE = (
    Line(QUIST, "This is ALL THINGS CONSIDERED from NPR News. I'm Lorna Quist. In Lisbon, the mailboxes have been taped shut for 12 days. Letter carriers across Portugal walked out over a plan to deliver mail only twice a week. What began as a labor dispute has turned into an argument about what a letter is still for. NPR's Mara Vanek Holm has been walking the empty routes."),
    Line(None, "(SOUNDBITE OF DRUMS)"),
    Line(PEOPLE, "(Chanting in Portuguese)."),
    Line(VANEK_HOLM, "They march every noon from the main sorting office to the river, several hundred men and women in yellow jackets. They have brought their empty carts. Ottilie Brandt-Moreau, who speaks for the union, says the carts are the point."),
    Line(UNION, "(Through interpreter) Look how light they are. The company says nobody writes anymore. But in my last full week I carried 340 registered letters, court papers, pensions, and medicine for a woman on the fifth floor. That is not nobody."),
    Line(VANEK_HOLM, "The company says it loses 9 cents on each letter. It has offered carriers retraining as parcel drivers, at the same pay, with a camera in the van that faces inward. That camera, more than the money, is what people here want to talk about."),
    Line(PERSON_1, "(Through interpreter) My father carried the mail for 30 years, and nobody filmed him eating his lunch."),
    Line(None, "(LAUGHTER)"),
    Line(VANEK_HOLM, "In the old town, Joaquim Seabra sells books by post. There is a table at the back of his shop with 61 packages on it, all addressed, some of them for two weeks. He reads me a title from the pile."),
    Line(SHOPKEEPER, '"The Long Wait: A History Of Patience." (Laughter) I swear to you. It was ordered on the first day of the strike.'),
    Line(VANEK_HOLM, "And is your customer patient?"),
    Line(SHOPKEEPER, "She calls every morning. She says, I am on Page 1 in my mind."),
    Line(VANEK_HOLM, "Talks go on tonight at the labor ministry. Both sides told me they were hopeful, and both sides told me the other one was not serious. In the meantime, Seabra has begun to deliver the nearest packages on foot. He says it takes him the whole afternoon, mostly because people ask him in for coffee. Mara Vanek Holm, NPR News, Lisbon."),
)

BELLS = (
    Line(OHEARN, "It's ALL THINGS CONSIDERED. I'm Declan O'Hearn. There are seven towers in the United States where bells are rung in the old English way, by people pulling ropes in changing order. In one of them, in a small town in Vermont, a group of ringers tried on Saturday to do something no one had done on this side of the ocean: ring 40,320 changes without a mistake. Prudence Oakeshott was on the heaviest bell. Welcome to the program."),
    Line(RINGER, "Thank you. My arms say hello."),
    Line(None, "(SOUNDBITE OF CHURCH BELLS)"),
    Line(OHEARN, "Let's start with the number. Why 40,320?"),
    Line(RINGER, "Because that's every order in which eight bells can be rung. One times two times three, and so on up to eight. You ring each of them once, you never repeat, and you carry it all in your head. There's no music on a stand. There's no stand."),
    Line(OHEARN, "How long does that take?"),
    Line(RINGER, "Seventeen hours and 50-some minutes, if all goes well. We started at 4:05 in the morning. The neighbors were told. One of them moved in with her sister."),
    Line(OHEARN, "And nobody may be relieved? You ring the whole time?"),
    Line(RINGER, "The whole time. Somebody feeds you bananas. I'll spare you the rest."),
    Line(OHEARN, "(Laughter) I was going to ask, and now I won't. So how far did you get?"),
    Line(RINGER, "We got to 36,104. That was about 8 o'clock at night. And then somebody - I won't say who - went the wrong way round a neighbor, and you could hear it at once. It was like a stair that isn't there.\n\nWe stood our bells and nobody spoke. And then the youngest of us, who's 19, said, well, that's further than any of you have been. And that was true."),
    Line(OHEARN, "Was it you, the somebody?"),
    Line(RINGER, "What a question. (Laughter) Yes."),
    Line(None, "(SOUNDBITE OF CHURCH BELLS)"),
    Line(OHEARN, "Will you try again?"),
    Line(RINGER, "In October. It's cooler, and the flies are gone. I've told them I'll take a lighter bell."),
    Line(OHEARN, "That's Prudence Oakeshott, who rings the tenor bell in Amblefield, Vt. Thank you, and rest well."),
    Line(RINGER, "I shall. Goodbye."),
)

NOVEL = (
    Line(CASTELLANE, "This is FRESH AIR. I'm Miriam Castellane. My guest is the novelist Ilse Verhoeven-Clark. She grew up on a barge, one of five children, on the canals between Ghent and Rotterdam, and moved to Ohio when she was 14. Her new book is called \"Salt Ledger: A Novel In Four Cargoes.\" It's about two sisters who inherit a boat and cannot agree where to take it. Ilse Verhoeven-Clark, welcome to FRESH AIR."),
    Line(NOVELIST, "Thank you, Miriam. It's strange to sit in a room that doesn't move."),
    Line(CASTELLANE, "You can still feel that, after all these years on land?"),
    Line(NOVELIST, "Every night before I sleep. My husband says that I list to port. When you're a child on a boat, you don't know that the floor of other people is quiet. You find out at a birthday party. I was 6, and I was sick from standing still."),
    Line(CASTELLANE, "I'd like you to read from the beginning of the book. The younger sister, Nel, is speaking. Their father has just died, and she is counting what is on board."),
    Line(NOVELIST, "(Reading) There were 11 cups, though we were only ever seven. There was a ledger for salt and a ledger for what was owed, and in the second one he had written, on the last line, in pencil: ask Nel. Nobody had asked me. I was the one who did not know that I knew.\n\nI put the cups back in their rack, in the order of their cracks, and waited for my sister to come and be the elder."),
    Line(CASTELLANE, "That's Ilse Verhoeven-Clark, reading from her novel. That pencil line - ask Nel - comes back on nearly every page. Where did it come from?"),
    Line(NOVELIST, "From a real ledger. When my own father died, we found his accounts, and next to a sum of 600 guilders he had written my name and a question mark. I've never learned why. I was 9 when he wrote it. So I gave it to somebody else and let her find out."),
    Line(CASTELLANE, "Did it help?"),
    Line(NOVELIST, "No. (Laughter) People think that writing gets it out of you. It doesn't. It gives it a chair and a cup. I had a teacher in Toledo, a wonderful woman, who told us to write what we couldn't say, and for years I thought that this was the truth of it. Then I noticed that what I couldn't say, I couldn't write, either. I went around it. I would write three pages on how a rope is spliced, how you unlay the strands and marry them and tuck each one under the next, against the lay, and when I read it over, it was about my brother. I hadn't known that it was about my brother. He'd been gone for six years. So I stopped trying to say things. I describe the rope as well as I can. If there's a brother in it, he'll come, and if there isn't, then at least somebody has learned to splice, and that's not nothing. That's a thing you can do with your hands in the dark. My father couldn't have told you that he loved us, but he could do a splice that you would not find with your fingers."),
    Line(CASTELLANE, "You wrote your first three books in English, which you learned at 14. You've said that you count in Flemish, swear in Dutch and write in English. Why not write in the language you were a child in?"),
    Line(NOVELIST, "Because in that one I'm still being told to be quiet. A boat is small. There were seven of us in a cabin of 12 feet, and words were like water: you didn't waste them, and somebody was always waiting for the jug. In Ohio, I had a room with a door. The language that came with it was English. I think that I would've written in whatever they spoke on the other side of that door."),
    Line(CASTELLANE, "There's a scene that I haven't been able to put out of my mind. The sisters are in a lock, the water's going down, and they have exactly as long as it takes to forgive each other before the gates open."),
    Line(NOVELIST, "And they talk about the price of rope."),
    Line(CASTELLANE, "And they talk about the price of rope. It's funny, and it's unbearable."),
    Line(NOVELIST, "That's the only scene that I didn't change. I wrote it at 3:09 in the morning, standing at the stove. My editor wanted them to say it, you know? To say, I'm sorry. And I said, they're saying it. They're saying it in rope."),
    Line(
        CASTELLANE, 'Ilse Verhoeven-Clark\'s new novel is called "Salt Ledger." Thank you so much for talking with us.'
    ),
    Line(NOVELIST, "Thank you for the quiet floor."),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750101",
        "When the only bridge closes, a river town takes the ferry",
        "An Iowa town learns to live without its bridge",
        "Cracks in two steel pins closed the bridge at Harlow Landing, Iowa. The detour is 58 miles long, so people have gone back to the ferry.",
        "Morning Edition",
        MONDAY,
        time(5, 0),
        236,
        ("Tess McAllery",),
        BRIDGE,
    ),
    Story(
        "nx-s1-5750102",
        "Old heart pill did as well as a costly new one, study finds",
        "A 4-cent pill holds its own in a heart study",
        "A study of more than 9,000 people finds no difference between a tablet from 1964 and a new drug that costs 200 times more.",
        "Morning Edition",
        MONDAY,
        time(5, 2),
        228,
        ("Priya Raman",),
        TRIAL,
        section="Health",
    ),
    Story(
        "nx-s1-5750103",
        "Portugal's mail strike asks what a letter is still for",
        "In Lisbon, letter carriers march with empty carts",
        "Letter carriers in Portugal have been on strike for 12 days over a plan to deliver the mail only twice a week.",
        "All Things Considered",
        MONDAY,
        time(16, 31),
        247,
        ("Mara Vanek Holm",),
        STRIKE,
        section="World",
    ),
    Story(
        "nx-s1-5750104",
        "Eight bells, 40,320 changes and one wrong turn",
        "Vermont bell ringers fall just short of a record",
        "Ringers in a Vermont tower tried to ring every order of eight bells. They were 16 hours in when somebody went the wrong way.",
        "All Things Considered",
        MONDAY,
        time(16, 44),
        251,
        ("Declan O'Hearn",),
        BELLS,
        section="Music",
    ),
    Story(
        "nx-s1-5750105",
        "A novelist raised on a barge on language, ledgers and locks",
        "Novelist Ilse Verhoeven-Clark on 'Salt Ledger'",
        "Ilse Verhoeven-Clark grew up on the canals and moved to Ohio at 14. Her new novel follows two sisters who inherit a boat.",
        "Fresh Air",
        MONDAY,
        time(12, 4),
        2110,
        ("Miriam Castellane",),
        NOVEL,
        section="Author Interviews",
    ),
)
