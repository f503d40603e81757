"""Tuesday, March 17: chess by mail, a mint without cents, a measles ward, a goalie, a cellist."""

from datetime import date, time

from tests.network.people import CASTELLANE, FENWRIGHT, OHEARN, OKAFOR, QUIST, RAMAN, RENSHAW, SORLEY, TEALE
from tests.network.story import Line, Speaker, Story

TUESDAY = date(2026, 3, 17)

INMATE = Speaker("Desmond Achterberg", affiliation="chess player")
TEACHER = Speaker("Marguerite Fallow", affiliation="retired schoolteacher")
NURSE = Speaker("Consuelo Iriarte", affiliation="charge nurse")
MOTHER = Speaker("Annike Vandersloot", affiliation="mother of a patient")
DOCTOR = Speaker("Lemuel Oduya", affiliation="epidemiologist", first_label="DR. LEMUEL ODUYA")
GOALIE = Speaker("Freya MacAskill", affiliation="goalie of the Duluth Icebreakers")
COACH = Speaker("Rolf Engstrand", affiliation="coach of the Duluth Icebreakers")
CROWD = Speaker(None, "announcer", first_label="UNIDENTIFIED ANNOUNCER")
CELLIST = Speaker("Noor Hadjian", affiliation="cellist")
ECONOMIST = Speaker("Wendell St. Cyr", affiliation="economist", surname="St. Cyr")
CASHIER = Speaker("Philippa Dunleavy", affiliation="owner of a candy store")
BOY = Speaker("Rufus", "other", affiliation="customer")

# fmt: off
# One line of the module is one line of the script.
CHESS = (
    Line(TEALE, "Some friendships begin with a handshake. This one began with pawn to king four, on a postcard. It was mailed in 1998 from a prison in Oregon to a schoolteacher in Maine. They have played 61 games since then, and last week, for the first time, they sat across from each other. NPR's Julian Sorley was at the table."),
    Line(None, "(SOUNDBITE OF CHESS CLOCK)"),
    Line(SORLEY, "Desmond Achterberg is 58 and has been out of prison for nine days. He has a new jacket and he keeps his hands in it. Marguerite Fallow is 83. She has driven to Boston in a snowstorm, with a board on the back seat."),
    Line(TEACHER, "I thought that I would talk and talk. I had 28 years of things to say. And then I saw the board and I just set up the pieces."),
    Line(INMATE, "I said, you're taller than your handwriting."),
    Line(None, "(LAUGHTER)"),
    Line(SORLEY, "A game by mail takes about five months. The warden's office read each card, and some moves arrived with a stamp on them: not approved for content. Once, a guard who didn't know the notation held back a knight for six weeks."),
    Line(INMATE, "He thought it was an escape plan. Knight to b5. I mean, in a way it was."),
    Line(SORLEY, "Achterberg learned the game from a library book with the last chapter torn out. So for years, he says, he could open and he could fight, but he didn't know how anything ended."),
    Line(INMATE, "She taught me endings. She'd win, and then on the next card, she would write down how I could've drawn. Every time. I had never met anybody who did that - beat you and then showed you the door you didn't see."),
    Line(TEACHER, "I was a schoolteacher. It's a habit."),
    Line(SORLEY, "They don't agree about the score. She says it's 34 to 19, with eight draws. He says that two of the draws were his, because she was in the hospital.\n\nHe wrote to the parole board four times. The fourth time, he says, he enclosed the games. All of them, 2,700 moves. One member of the board played through them."),
    Line(INMATE, "He told me, I wanted to see if you get reckless when you're losing. And I do not."),
    Line(SORLEY, "In Boston, they played for three hours. It was a draw. She offered it, with a card that she'd already written. Julian Sorley, NPR News, Boston."),
)

PENNIES = (
    Line(RAMAN, "The last of the old pennies are running out, and shops have begun to round. To the nearest 5 cents, up or down. It's supposed to come out even. We asked NPR's Bram Okafor to go and see if it does."),
    Line(OKAFOR, "There's a candy store in Bayfield, Wis., where everything has a price that ends in 3. Three cents for a fish, 13 for a whistle, 63 for a bag. Philippa Dunleavy's grandmother set it up like that in 1934."),
    Line(CASHIER, "She thought it looked honest. A nickel sounds like somebody made it up. But who'd make up 3?"),
    Line(OKAFOR, "Dunleavy ran out of pennies on the 2nd of March. So now, one fish costs a nickel. But two fish are 6 cents, and that's also a nickel. It took her customers, whose average age is 9, about an hour to find this out."),
    Line(BOY, "You get in line. You buy two. You go out and you get in line again."),
    Line(OKAFOR, "That's Rufus. He's 8. He's got 14 fish."),
    Line(None, "(LAUGHTER)"),
    Line(CASHIER, "They've organized. There's one who stands at the door with a chart. On Saturday, I lost $2.11, and I had more fun than I've had in years."),
    Line(OKAFOR, "Economists call that arbitrage. Wendell St. Cyr, who teaches at a university in Milwaukee, has written a paper on rounding in 212 shops. He says that in most of them, it does come out even, to within a dollar a week."),
    Line(ECONOMIST, "With one exception. Where the shopkeeper sets the price first and then counts, it's fair. Where the shopkeeper counts first, you get a lot of things that cost $1.98. I've a chapter on that. It's called \"Two Cents: Who Keeps Them?\""),
    Line(OKAFOR, "And who does?"),
    Line(ECONOMIST, "Nobody gets rich. But if you add it all up, over the country, it's about $6 million a year, and it goes from people who pay in cash to people who own a register. I wouldn't call that a scandal. I'd call it a direction."),
    Line(OKAFOR, "Dunleavy could change her prices. It's been suggested. She has a pencil behind her ear, and the labels are only paper."),
    Line(CASHIER, "I thought about it on Sunday night. And on Monday, there was a line out the door, and they were all doing sums. Out loud. In the summer holidays I'd have to pay a teacher for that."),
    Line(OKAFOR, "She's left the prices at 3. The limit's now two trips a day. Bram Okafor, NPR News, Bayfield, Wis."),
)

MEASLES = (
    Line(QUIST, "Last winter, the hospital in Sayer County, Kan., closed its children's ward for lack of children. In February it was opened again in two days. There have been 94 cases of measles in the county since New Year's, and 11 children needed oxygen. NPR's Dalia Renshaw spent a night there."),
    Line(RENSHAW, "At 10 o'clock, the lights go down to amber. Measles makes the eyes sore, so nobody turns on a lamp. Consuelo Iriarte, the charge nurse, works with a flashlight between her teeth."),
    Line(NURSE, "You listen more than you look. You hear the breath from the door. This one's good. That one - you hear the whistle? That one I don't like."),
    Line(RENSHAW, "She's been a nurse for 31 years and had never seen measles before January. She had to look it up, she says, in a book that still smelled of the previous owner's cigarettes.\n\nIn the second bed, there's a boy of 3. His mother is Annike Vandersloot. She asked us to use her name. She says that people should know it was her."),
    Line(MOTHER, "I didn't vaccinate. It wasn't because of anything I'd read. I missed the appointment, and the next one was in six weeks, and then we had moved. That's all. I keep waiting for somebody to yell at me."),
    Line(NURSE, "Nobody's going to yell at you, honey. Hold the cup."),
    Line(RENSHAW, "Nobody did yell. The county's health officer, Dr. Lemuel Oduya, says that most of the families he talks to are like hers. They're not against it. They are far from it."),
    Line(DOCTOR, "We have one clinic for 2,100 square miles, and it's open on Tuesdays and Thursdays. If you work at the packing plant, that's two shifts lost. I used to give talks about trust. Now I give talks about parking."),
    Line(RENSHAW, "In February he rented a bingo bus. It has given 1,340 shots in five weeks, some of them at 3 in the morning, when the shift changes. There's a wheel on the wall from the old days. Children may spin it afterwards."),
    Line(DOCTOR, "Everybody wins. (Laughter) That's the only rule that I kept."),
    Line(RENSHAW, "By 5, the whistle in bed four had gone. Iriarte wrote it on the board in capital letters and turned the flashlight off. There had been no new cases since Sunday. She doesn't trust it yet. Dalia Renshaw, NPR News, Sayer County, Kan."),
)

GOALIE_STORY = (
    Line(OHEARN, "You're listening to ALL THINGS CONSIDERED. In hockey, a goalie has a good night if she stops 9 shots out of 10. Freya MacAskill of the Duluth Icebreakers has now stopped 188 in a row. It's the longest streak anyone has written down, and it has made a small city very superstitious. NPR's Pete Fenwright has more."),
    Line(None, "(CHEERING)"),
    Line(CROWD, "And that is the end of the second period, ladies and gentlemen, and please, please, do not say the number."),
    Line(FENWRIGHT, "Nobody in the building says the number. They hold up cards with a picture of a closed door. The beer man says door. The mayor, who dropped the puck, said it is an honor to be here with the door."),
    Line(GOALIE, "I'm the only one who's allowed to say it. It's 188. See? Nothing happened."),
    Line(FENWRIGHT, "Freya MacAskill is 26 and 5-foot-4, which is small for the job. She was cut from three teams because of it. She grew up on a farm on Lake Superior where the rink was the lake, and the goal was the space between two herring barrels."),
    Line(GOALIE, "If you missed the puck, it went to Wisconsin. You had to go and get it. So I learned not to miss."),
    Line(FENWRIGHT, "Her coach, Rolf Engstrand, has a theory. He made a film of her eyes. When a shot comes, most goalies look at the puck. She looks at the shooter's bottom hand."),
    Line(COACH, "She's there before they've decided. I showed the film to a professor at the university. He says, it's about 80 milliseconds. He says, that's not reaction, that's reading. I said, well, she reads all day on the bus."),
    Line(FENWRIGHT, "What does she read?"),
    Line(COACH, "Murder mysteries. She tells everyone who did it by Iowa."),
    Line(FENWRIGHT, "The streak began on Jan. 9, when she was called in for a sick teammate. It's gone on for six games. MacAskill says the strange thing isn't the pressure. It's how bored she is."),
    Line(GOALIE, "They've stopped shooting. They pass it and pass it around, because nobody wants to be the one who tried. And nobody wants to be the one who did it, either. I want to yell at them. Number one: shoot. It's 8 o'clock and I'm cold."),
    Line(FENWRIGHT, "The next game is on Friday, against Thunder Bay. Tickets are gone. I asked MacAskill what she will do when one goes in. She said she'd already planned it. She's going to take it out of the net, look at it, and bring it home to the barrels. Pete Fenwright, NPR News, Duluth, Minn."),
)

CELLO = (
    Line(CASTELLANE, "This is FRESH AIR. I'm Miriam Castellane. When the cellist Noor Hadjian was 19, she lost the feeling in two fingers of her left hand. Doctors told her to stop. She took nine years, and she learned to play again with the fingers that were left. Her new album begins with a piece that she wrote for a hand like hers. Let's hear a little."),
    Line(None, "(SOUNDBITE OF NOOR HADJIAN'S \"THREE OF FIVE\")"),
    Line(CASTELLANE, "That's \"Three Of Five,\" played by my guest, Noor Hadjian. Welcome to FRESH AIR."),
    Line(CELLIST, "Thank you so much."),
    Line(CASTELLANE, "What are we hearing? What's different about it?"),
    Line(CELLIST, "You're hearing me run. (Laughter) With four fingers, you can stay in one place on the string and reach the notes around you. With two and a thumb, you have to go there. So there are more slides. I used to hide them. Now I think they're where the music is. It's like when somebody limps - you recognize them from far away."),
    Line(CASTELLANE, "Take me back to the day on which it happened."),
    Line(CELLIST, "It was nothing. I woke up in a dormitory in Cleveland and I'd slept on my arm. I thought, it'll come back by lunch. I went to a rehearsal and played with it, very badly, and the conductor made a joke. By evening I had understood. I remember that I put the cello in its case and I apologized to it."),
    Line(CASTELLANE, "And what did you do in those nine years?"),
    Line(CELLIST, "I tuned pianos. You need ears and one good hand and a bicycle. I had 140 customers. I know more about the living rooms of Cleveland than the police."),
    Line(CASTELLANE, "(Laughter) Did you listen to music?"),
    Line(CELLIST, "Not a note, apart from A. Four hundred and forty times a second. But there was an old man, a customer, who'd been a violinist in Yerevan and had lost his hearing. He asked me to play for him. I said, I can't, my fingers are numb. And he said, that's all right, I'm deaf. So we were well-matched.\n\nHe put his hand on the wood, and he'd tell me if I was flat. He was always right. That's how I began again, in a kitchen, for a hand."),
    Line(CASTELLANE, "Is that him on the cover?"),
    Line(CELLIST, "That's his hand, yes. He died in the fall. He'd never heard it, and he knew it better than anybody."),
    Line(CASTELLANE, "Noor Hadjian's album is called \"Kitchen Music.\" Let's go out with the last piece. Thank you for talking with us."),
    Line(CELLIST, "Thank you, Miriam."),
    Line(None, "(SOUNDBITE OF NOOR HADJIAN'S \"FOR A HAND\")"),
)

# fmt: on
STORIES = (
    Story(
        "nx-s1-5750201",
        "They played chess by mail for 28 years. Now they have met",
        "A game of postcards ends in a draw",
        "A man in prison and a schoolteacher in Maine played 61 games of chess by postcard. Last week they sat at one board.",
        "Morning Edition",
        TUESDAY,
        time(5, 0),
        249,
        ("Julian Sorley",),
        CHESS,
    ),
    Story(
        "nx-s1-5750205",
        "Without pennies, a candy store's fish come two for a nickel",
        "Who keeps the 2 cents when shops round?",
        "Shops are running out of pennies and have begun to round. In a candy store in Bayfield, Wis., the customers did the sums.",
        "Morning Edition",
        TUESDAY,
        time(5, 3),
        219,
        ("Bram Okafor",),
        PENNIES,
        section="Business",
    ),
    Story(
        "nx-s1-5750202",
        "A night in the measles ward of a Kansas hospital",
        "Measles reopens a children's ward in Kansas",
        "Sayer County, Kan., has had 94 cases of measles since New Year's. Its hospital had closed the children's ward a year before.",
        "All Things Considered",
        TUESDAY,
        time(16, 12),
        266,
        ("Dalia Renshaw",),
        MEASLES,
        section="Health",
    ),
    Story(
        "nx-s1-5750203",
        "A goalie stops 188 shots in a row, and nobody may say the number",
        "Duluth goalie's streak makes a city superstitious",
        "Freya MacAskill of the Duluth Icebreakers has not let in a shot since January 9.",
        "All Things Considered",
        TUESDAY,
        time(16, 39),
        258,
        ("Pete Fenwright",),
        GOALIE_STORY,
        section="Sports",
    ),
    Story(
        "nx-s1-5750204",
        "Cellist Noor Hadjian on learning to play with three fingers",
        "Cellist Noor Hadjian on 'Kitchen Music'",
        "Noor Hadjian lost the feeling in two fingers at 19. Nine years later, she began to play again.",
        "Fresh Air",
        TUESDAY,
        time(12, 1),
        1987,
        ("Miriam Castellane",),
        CELLO,
        section="Music Interviews",
    ),
)
