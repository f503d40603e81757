"""Thursday, March 19: an overdue book, whales and satellites, a language with nine speakers, a historian of maps."""

from datetime import date, time

from tests.network.people import ARDEN, CASTELLANE, MCALLERY, NELSON, OHEARN, QUIST, RAMAN
from tests.network.story import Line, Speaker, Story

THURSDAY = date(2026, 3, 19)

LIBRARIAN = Speaker("Euphemia Starling", affiliation="librarian")
BORROWER = Speaker("Vincent McGillivray", affiliation="borrower")
BIOLOGIST = Speaker("Torunn Skarsgaard-Pell", affiliation="marine biologist")
CAPTAIN = Speaker("Basil Trevanion", affiliation="container ship captain")
STUDENT = Speaker("Caleb Whitewater", affiliation="student", is_always_full=True)
ELDER = Speaker("Augustina Whitewater", affiliation="teacher", is_always_full=True)
LINGUIST = Speaker("Henrik Osei", affiliation="linguist")
HISTORIAN = Speaker("Salome de la Cruz", affiliation="historian", surname="de la Cruz")

# fmt: off
# One line of the module is one line of the script.
LIBRARY = (
    Line(RAMAN, "In a drawer of the public library of Wexcombe, Mass., there's a card with a name on it and a date: April 2, 1962. The book that belonged to the card came back on Monday. It had been out for 63 years, 11 months and two weeks. NPR's Tess McAllery reports that this has led to some arithmetic."),
    Line(MCALLERY, 'The book is "Knots: And How To Undo Them." It came in a padded envelope with a note and a check that was signed and otherwise blank. Euphemia Starling, the librarian, read the note aloud to the staff.'),
    Line(LIBRARIAN, "(Reading) I am sorry. I was 12. I could not undo the last one. Please fill in what I owe you."),
    Line(MCALLERY, "At 2 cents a day, it would've come to $467. But the library stopped fines in 2019. And there was a rule, from 1958, that said that no one may owe more than the price of the book. The price of the book was $1.95."),
    Line(LIBRARIAN, "So we had a meeting about a dollar ninety-five. It was the best meeting that we've had in years."),
    Line(MCALLERY, "The name on the card was Vincent McGillivray. He's 76 now, and he lives 300 yards from the library. He'd passed it, he figures, some 40,000 times."),
    Line(BORROWER, "On the other side of the street. You laugh. I raised three kids in this town, and I told every one of them that I was allergic to the place. My wife brought my mysteries home in a bag."),
    Line(MCALLERY, "He'd borrowed the book to tie up a raft. The raft came apart on the mill pond, and the book went in. His mother dried it on the stove, page by page, and she told him he'd have to explain it himself. He said that he'd do it tomorrow."),
    Line(BORROWER, "And then it's the next day, and then you're 40. It isn't about the money. It's that each day you'd have to explain that day, too."),
    Line(BORROWER, "It was the only thing I ever stole, and I didn't even steal it."),
    Line(MCALLERY, "What changed? He says that his granddaughter got a job there, on Saturdays, shelving. She asked him to come in and see her.\n\nSo on Monday he did. He stood on the mat. Starling knew who he was, she says, by the way he looked at the drawer."),
    Line(LIBRARIAN, "I said, Mr. McGillivray, we've been expecting you. And I gave him a card. A new one. He wanted to know what he could take out. I said: everything."),
    Line(MCALLERY, "He took out one book. It's due on the 6th of April. It's about rafts. Tess McAllery, NPR News, Wexcombe, Mass."),
)

WHALES = (
    Line(QUIST, "Ships kill whales mostly by accident, and mostly without noticing. Off the coast of Chile, some of the biggest ships in the world have begun to turn aside, on the word of a satellite and a woman in a shed. NPR's Keiko Arden explains."),
    Line(ARDEN, "The shed's on a cliff. It has a stove, three screens and a window onto the Pacific that nobody looks out of. Torunn Skarsgaard-Pell says that it's the least useful thing in the room."),
    Line(BIOLOGIST, "On a good day, I can see 6 miles. The satellite sees 60 by 60. To it, a blue whale's about nine dots. They're a very particular nine dots. I could draw them for you in my sleep, and I have."),
    Line(ARDEN, "She's a marine biologist, and for two years she taught a computer to find the dots. It's wrong about a third of the time. It takes whitecaps for whales, and once it was the pope's plane. So every alarm goes to a human, and the human is usually her."),
    Line(BIOLOGIST, "It rings like an oven. I look, I say yes or no, and if it's yes, I call the ship. I have the bridges of 140 ships in this phone."),
    Line(None, "(SOUNDBITE OF PHONE RINGING)"),
    Line(CAPTAIN, "Good morning, shed."),
    Line(BIOLOGIST, "Good morning, Captain. I've two at 12 miles, a bit to the left of you. A mother, I think."),
    Line(CAPTAIN, "Coming right five degrees. Give her my regards."),
    Line(ARDEN, "That's Basil Trevanion. He's the captain of a ship that's as long as four football fields, with 14,000 containers on her. Five degrees, at that distance, costs him about two minutes and $90 of fuel. In 31 years at sea, he says, he's hit at least one. He found it on the bow in port."),
    Line(CAPTAIN, "You don't feel it. That's the part that I can't - you'd think you'd feel it. I've 200,000 tons under me. It's as if you had stepped on something in the dark, in your own house."),
    Line(ARDEN, "In the first season, there were 212 calls, and ships turned for 197 of them. No dead whale has been found since October on that stretch of coast, where there'd been five or six a year. It's too early to say if that's the reason. Whales move. So do ships.\n\nThe money comes from an insurance company, and it runs until June. Skarsgaard-Pell doesn't think about June. She thinks about an alarm that she said no to in January. The dots were only eight."),
    Line(BIOLOGIST, "I go back to it. I still think it was foam. But I go back to it."),
    Line(ARDEN, "Keiko Arden, NPR News, Cape Carranza, Chile."),
)

LANGUAGE = (
    Line(OHEARN, "There are nine people who speak Tesaqua as their first language, and the youngest of them is 71. On the plateau in eastern Washington where they live, there's now a 10th who does it as her second. It took a dictionary of swear words. NPR's Amina Farouk Nelson has our story."),
    Line(ELDER, "(Speaking Tesaqua)."),
    Line(NELSON, "Augustina Whitewater is teaching her grandson to complain about the soup."),
    Line(STUDENT, "(Speaking Tesaqua)."),
    Line(ELDER, "No. That's polite. You've said the soup is shy. Again."),
    Line(NELSON, "Caleb Whitewater is 17. For years, he and everyone else in school here learned the language from songs and prayers that had been written down by missionaries. They could bless a meal. They couldn't say that it was cold."),
    Line(STUDENT, "We sounded like a church. I'd come in and say, like, behold, O grandmother, the door. And she'd laugh at me until she had to sit down. I wanted to know what she was saying to the dog."),
    Line(NELSON, "So he began to write that down. When he had 60 words, he showed them to Henrik Osei, a linguist who's been working on the plateau since the 1990s."),
    Line(LINGUIST, "I was embarrassed. I'd spent 30 years on the verbs. There are 11 classes of verbs. I had wonderful recordings of creation stories. And this boy comes with a school notebook, and on the first page, there's a whole class that I'd never heard, because nobody is rude to a microphone."),
    Line(None, "(LAUGHTER)"),
    Line(NELSON, "There's a form of the verb, it turns out, that you use only when you've told somebody a thing already. There's one for what you'd do if you were not so tired. And there's one, Augustina Whitewater says, that you say only to a thing that can't hear: a pot, a truck, a husband."),
    Line(ELDER, "That one you need every day. How did you think that we talked? We were people. We had trucks."),
    Line(NELSON, "The notebook has become a dictionary. It has 2,300 entries, a good half of which can't be read on the radio. The tribe printed 500 copies, and they were gone in a week. In the high school, detention is now held in Tesaqua.\n\nI asked Caleb Whitewater how you know that a language is alive. He thought about it, and then he asked his grandmother. She told him, and he didn't want to translate."),
    Line(STUDENT, "She says, when it's used for lying. She says that I'm getting there."),
    Line(NELSON, "Amina Farouk Nelson, NPR News, Nespelem Flats, Wash."),
)

MAPS = (
    Line(CASTELLANE, "This is FRESH AIR. I'm Miriam Castellane. The historian Salome de la Cruz collects mistakes. She has islands that aren't there, rivers that run uphill and a mountain range that was drawn across Africa in 1798 and stayed for 90 years. Her new book is \"Here Be Nothing: The Honest History Of Wrong Maps.\" Welcome."),
    Line(HISTORIAN, "Thank you. I hope that you found the studio all right (laughter)."),
    Line(CASTELLANE, "I followed the signs. Let's start with those mountains. How do you put up a mountain range by mistake?"),
    Line(HISTORIAN, "You need three honest people. One was told by a trader about hills. One was a mapmaker in London who had to explain why a river didn't reach the coast. And one was an engraver who had some space. And then 40 other mapmakers copied it, because they were careful. That's what I love about it. Careless people would've left it out."),
    Line(CASTELLANE, "And somebody finally went there?"),
    Line(HISTORIAN, "In 1889, a French officer walked across it. He reported that there was, and I quote, hardly a ridge. He'd brought ropes."),
    Line(CASTELLANE, "You make a distinction in the book between a wrong map and a false one."),
    Line(HISTORIAN, "A wrong map was made by someone who wanted to know. A false one was made by someone who wanted you not to. Town plans with no prison on them. The neighborhood that's just a gray block because the bank drew it. Those are beautiful, very exact maps. I keep them in a different room."),
    Line(CASTELLANE, "You grew up in one of those gray blocks."),
    Line(HISTORIAN, "I did. In El Paso, between the rail yard and the smelter. There were 2,000 people, and on the city's map there was one line, and it was a sewer. When I was 10, I had to draw where I lived for school. I copied the map. The teacher gave me an A. And my grandfather looked at it, and he said, where's my house?\n\nHe took the pencil - he couldn't read, he'd been a mule driver - and he drew for two hours. Who lived where. Which dog bit. Where there was shade at 3 o'clock. I have that one in the book. It's the only map in it that isn't wrong."),
    Line(CASTELLANE, "Is it on paper? What does it look like?"),
    Line(HISTORIAN, "It's on the back of mine."),
    Line(CASTELLANE, "Does a phone make wrong maps now?"),
    Line(HISTORIAN, "It makes very good ones, with you in the middle. I don't know what to do about that. On every map I've ever loved, you had to look for yourself."),
    Line(CASTELLANE, "Salome de la Cruz's new book is called \"Here Be Nothing.\" Thank you so much."),
    Line(HISTORIAN, "Thank you for having me. Mind the mountains."),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750401",
        "A library book comes home after 63 years, 11 months and two weeks",
        "An overdue book leads to a meeting about $1.95",
        "Vincent McGillivray borrowed a book about knots in 1962. He has lived 300 yards from the library ever since.",
        "Morning Edition",
        THURSDAY,
        time(5, 0),
        257,
        ("Tess McAllery",),
        LIBRARY,
        section="Books",
    ),
    Story(
        "nx-s1-5750402",
        "Nine dots on a screen turn a ship aside for whales",
        "Satellites help ships steer clear of whales off Chile",
        "Off Chile, a biologist in a shed calls the bridges of container ships when a satellite sees a whale.",
        "All Things Considered",
        THURSDAY,
        time(16, 15),
        269,
        ("Keiko Arden",),
        WHALES,
        section="Science",
    ),
    Story(
        "nx-s1-5750403",
        "To save a language, first learn to complain about the soup",
        "A dictionary of swear words helps a language live",
        "Nine people speak Tesaqua as their first language. A high school student wrote down what nobody had: the rude words.",
        "All Things Considered",
        THURSDAY,
        time(16, 37),
        275,
        ("Amina Farouk Nelson",),
        LANGUAGE,
    ),
    Story(
        "nx-s1-5750404",
        "Historian Salome de la Cruz collects wrong maps",
        "A history of islands and mountains that are not there",
        "A mountain range was drawn across Africa in 1798 and stayed for 90 years. Salome de la Cruz explains how such things happen.",
        "Fresh Air",
        THURSDAY,
        time(12, 3),
        2045,
        ("Miriam Castellane",),
        MAPS,
        section="History",
    ),
)
