"""The words that labels are told by: in a label, or before the colon of what only looks like one."""

ROLES = {
    "host": "host",
    "anchor": "host",
    "dj": "host",
    "presenter": "host",
    "byline": "reporter",
    "reporter": "reporter",
    "correspondent": "reporter",
    "announcer": "announcer",
    "caller": "caller",
    "contestant": "caller",
    "guest": "guest",
    "producer": "other",
    "editor": "other",
    "commentator": "other",
    "moderator": "other",
    "interviewer": "other",
}
# `STEVE (Caller):`, of Talk of the Nation until 2011, where others have an affiliation.
ROLES_IN_PARENTHESES = {
    "caller": "caller", "listener": "caller", "contestant": "caller", "host": "host", "announcer": "announcer",
    "annc": "announcer", "anncr": "announcer", "reporter": "reporter", "correspondent": "reporter",
    "byline": "reporter", "puzzle winner": "caller", "puzzle contestant": "caller", "puzzle player": "caller",
    "competition winner": "caller", "contest winner": "caller", "winner": "caller",
}  # fmt: skip
HONORIFICS = frozenset(["mr", "ms", "mrs", "dr", "prof", "professor", "rev", "reverend"])
# In capitals these are names as well (LADY GAGA, LADY BIRD JOHNSON): honorifics only as `Sir`, or before a full name.
TITLES = frozenset(["miss", "sir", "dame", "lord", "lady"])
OFFICES = frozenset((
    "ATTORNEY GENERAL", "CHANCELLOR", "CHIEF JUSTICE", "COMMISSIONER", "CONGRESSMAN", "CONGRESSWOMAN", "DOCTOR",
    "FIRST LADY", "GENERAL", "GOVERNOR", "PRESIDENT-ELECT", "PRESIDENT", "PRIME MINISTER", "REPRESENTATIVE",
    "SECRETARY", "SENATOR", "SPEAKER", "COLONEL", "LIEUTENANT", "SERGEANT", "CAPTAIN", "AMBASSADOR",
    "SECRETARY OF STATE", "SECRETARY OF DEFENSE", "SECRETARY-GENERAL", "DEFENSE SECRETARY", "TREASURY SECRETARY",
    "PRESS SECRETARY", "DISTRICT ATTORNEY", "MAJORITY LEADER", "MINORITY LEADER", "FOREIGN MINISTER",
    "STATE REPRESENTATIVE", "STATE SENATOR", "COUNCILMAN", "COUNCILWOMAN", "COUNCILMEMBER", "COUNCILOR", "ALDERMAN",
    "JUDGE", "JUSTICE", "MAYOR", "OFFICER", "PASTOR", "COACH", "DEPUTY", "ARCHBISHOP", "CHIEF",
    "ASSEMBLYMAN", "ASSEMBLYWOMAN", "ASSEMBLYMEMBER", "SHERIFF", "DETECTIVE", "RABBI", "IMAM", "ADMIRAL", "CORPORAL",
    "COMPTROLLER", "TREASURER", "COMMANDER", "CHAIRMAN", "CHAIRWOMAN", "BARONESS", "SOLICITOR GENERAL",
    "SURGEON GENERAL",
    "SEN", "REP", "GOV", "GEN", "COL", "LT", "SGT", "CAPT", "MAJ", "ADM", "CPL", "SPC", "FR", "SUPT",
))  # fmt: skip
# `DEFENSE MINISTER`, `SENATE MAJORITY LEADER`, `STAFF SERGEANT`: whatever stands before these is of the office.
OFFICE_ENDS = frozenset((
    "ADMIRAL", "CHIEF", "COLONEL", "COMMISSIONER", "EXECUTIVE", "GENERAL", "GOVERNOR", "LEADER", "MINISTER",
    "SECRETARY", "SERGEANT", "SPEAKER",
))  # fmt: skip
# `FORMER VICE PRESIDENT`, `U.S. SENATOR`, `LT. GOV.`: an office may stand before an office.
BEFORE_OFFICES = frozenset(("FORMER", "ACTING", "DEPUTY", "VICE", "U.S", "US", "STATE", "ASSISTANT", "CITY", "POLICE"))
# Offices that are names too (Noel KING, MAJOR Garrett, Bishop Briggs): an office only where a full name follows.
OFFICES_OR_NAMES = frozenset((
    "KING", "QUEEN", "POPE", "BISHOP", "CARDINAL", "PRINCE", "PRINCESS", "MAJOR", "MINISTER", "MARSHAL", "FATHER",
    "SISTER", "BROTHER", "PRIVATE", "DELEGATE",
))  # fmt: skip
# `GERMANY THOMAS DE MAIZIERE:`, of a dubbed voice: whose minister it is. Not those that are given names (ISRAEL, CHAD).
COUNTRIES = frozenset((
    "AFGHANISTAN", "ARGENTINA", "AUSTRALIA", "AUSTRIA", "BELGIUM", "BRAZIL", "BRITAIN", "CANADA", "COLOMBIA", "DENMARK",
    "EGYPT", "FINLAND", "GERMANY", "GREECE", "HUNGARY", "IRAN", "IRAQ", "ITALY", "JAPAN", "LEBANON", "MEXICO", "NORWAY",
    "PAKISTAN", "POLAND", "PORTUGAL", "RUSSIA", "SPAIN", "SWEDEN", "SYRIA", "TURKEY", "UKRAINE", "VENEZUELA",
))  # fmt: skip
SUFFIXES = {"JR": "Jr.", "SR": "Sr.", "II": "II", "III": "III", "IV": "IV"}
PARTICLES = frozenset((
    "de", "la", "van", "von", "der", "den", "da", "di", "du", "del", "dos", "bin", "ibn", "al", "el", "le", "y", "of",
    "the", "and",
))  # fmt: skip

ANONYMOUS_ROLES = {
    "CALLER": "caller", "CONTESTANT": "caller", "REPORTER": "reporter", "ANNOUNCER": "announcer",
    "NARRATOR": "announcer", "INTERVIEWER": "host", "MODERATOR": "host", "VOICE-OVER": "announcer",
    "VOICEOVER": "announcer",
}  # fmt: skip
# The first words of UNIDENTIFIED speakers printed as until 2011; other Title Case at a paragraph's start is prose.
TITLE_CASE_ANONYMOUS = frozenset((
    "Unidentified", "Unknown", "Anonymous", "Automated", "Computerized", "Computer", "Recorded", "Male", "Female",
    "Different",
))  # fmt: skip
# A band, a choir, a crew: nobody's name.
GROUP_WORDS = frozenset((
    "AND", "&", "+", "THE", "OF", "FOR", "WITH", "FROM", "BAND", "BROTHERS", "BOYS", "CHOIR", "CHORUS",
    "DUO", "ENSEMBLE", "GIRLS", "GROUP", "NEWS", "ORCHESTRA", "QUARTET", "QUINTET", "SINGERS", "SISTERS", "TRIO",
    "TELEVISION", "TV",
))  # fmt: skip
HEADINGS = frozenset((
    "ACT", "BOX", "CHAPTER", "DAY", "EPISODE", "FIGURE", "GAME", "ITEM", "LESSON", "LEVEL", "NUMBER", "PAGE", "PART",
    "PHASE", "POINT", "QUESTION", "ROUND", "RULE", "SCENE", "SEASON", "SECTION", "SEGMENT", "STEP", "TABLE", "TEAM",
    "TIP", "WEEK", "YEAR",
))  # fmt: skip
# What pages print before a colon, in capitals and at the beginning of a paragraph, and nobody is called.
NOT_SPEAKERS = frozenset((
    "A", "ADDRESS", "ADVERTISEMENT", "AFTER", "ALSO", "ANALYSIS", "ANSWER", "AUDIO", "BACKGROUND", "BEFORE", "BONUS",
    "BOTTOM LINE", "BREAKING", "BREAKING NEWS", "CASES", "CLARIFICATION", "COMING UP", "CON", "CONS", "CONTACT",
    "COPY", "CORRECTION", "COST", "CREDIT", "CREDITS", "DATE", "DEADLINE", "DETAILS", "DIRECTIONS", "DISCLAIMER",
    "DISCLOSURE", "DIY", "DON'T", "EDITOR'S NOTE", "EDITORS' NOTE", "EMAIL", "EXCLUSIVE", "FACT", "FACT CHECK",
    "FACTS", "FAQ", "FAX", "FOLLOW", "FYI", "GUEST", "GUESTS", "HOST", "HOSTS", "HOURS", "HOW", "HTML EMBED", "ICYMI",
    "INFO", "INGREDIENTS", "INSTRUCTIONS", "INTERVIEW", "LISTEN", "LISTEN UP", "LIVE UPDATES", "LOCATION", "METHOD",
    "MORE", "MORE INFO", "MUSIC", "MYTH", "NATS", "NETWORK", "NEW", "NEWS", "NOTE", "NOW", "OK", "OPINION", "OVERVIEW",
    "P.S", "PHONE", "PHOTO", "PHOTOS", "PLUS", "PODCAST", "POLL", "PREP", "PRO", "PRODUCER", "PRODUCERS", "PROGRAM",
    "PROS", "PS", "Q", "QUESTION", "READ", "READ MORE", "RECAP", "REGISTER", "RELATED", "REMINDER", "REPORTERS",
    "RESULT", "REVIEW", "RSVP", "SERVES", "SHOW", "SOUNDBITE", "SOURCE", "SOURCES", "SPOILER", "SPOILER ALERT",
    "SPONSOR", "SUBJECT", "SUBJECTS",
    "SUBSCRIBE", "SUMMARY", "TAGS", "THEN", "TICKETS", "TIME", "TIP", "TIPS", "TITLE", "TOP STORIES", "TOPIC", "TOTAL",
    "TRANSCRIPT", "UPDATE", "UPDATED", "UPDATES", "VENUE", "VIDEO", "VIDEOS", "WARNING", "WATCH", "WEB", "WEB EXTRA",
    "WEBSITE", "WHAT", "WHEN", "WHERE", "WHO", "WHY", "YIELD",
    # Headers of records in archives of broadcasts, and credits above a programme.
    "AUTHOR", "LINK", "TEXT", "URL",
    "BYLINE", "COMMENTATOR", "COMMENTATORS", "CONTRIBUTORS", "DATELINE", "HEADLINE", "NEWSCASTER", "NEWSCASTERS",
    "AIR DATE", "BROADCAST CORRECTION", "LAST UPDATED", "POST-BROADCAST CORRECTION", "SUNDAY PUZZLE",
    # Sounds that are printed as speakers are.
    "ACTUALITY", "AMBI", "AMBIENCE",
    # Records of hearings.
    "PRESENT", "SESSION", "TRANSCRIBER",
    # Imaginary interviews: `Me: ...`.
    "HER", "HIM", "ME", "THEM", "US",
))  # fmt: skip
# Words of headings, credits, rubrics, forecasts and recipes: no label in Title Case holds one of them.
NEVER_NAMES = frozenset((
    *NOT_SPEAKERS, *HEADINGS,
    "AIRED", "ANSWERS", "BEST", "BOOKS", "BUY", "CAST", "CITY", "COAST", "COMMENTS", "COOK",
    "COUNTY", "DATES", "DIRECTOR", "DIRECTORS", "EDITOR", "EDITORS", "ENGINEER", "ENGINEERS", "FIRST", "FOUND",
    "FROM", "GENRE", "GOOD", "HIGHLIGHTS", "HOUR", "HOUSE", "IF", "IMAGE", "IMAGES", "IN", "INLAND",
    "IS", "IT", "KEY",
    "LAST", "LENGTH", "LINKS", "LIVE", "MOUNTAINS", "MUSICIANS", "MY", "NEXT", "NO", "NOTES", "OFFICE", "ON",
    "ONE", "OPEN", "OUR", "PEOPLE", "PHOTOGRAPHER", "PICTURE", "PLACE", "POINTS", "PRICE", "PUBLISHED", "PUBLISHER",
    "PUZZLE", "QUESTIONS", "RATING", "REPORT", "RESEARCH", "RESOURCES", "RUNTIME", "SCORE", "SECOND", "SERIES",
    "SIZE", "SO", "SONG", "SONGS", "STARRING", "STATUS", "STORIES", "STORY", "STUDIO", "SUNDAY", "MONDAY", "TUESDAY",
    "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "TAKEAWAY", "THAT", "THEME", "THESE", "THIRD", "THIS", "TODAY",
    "TODAY'S", "TOMORROW", "TONIGHT", "TOP", "TRACK", "TRACKS", "TRUE", "FALSE", "TYPE", "VERDICT", "WRITER", "WRITERS",
    "WRITTEN", "YES", "YOU", "YOUR", "JANUARY", "FEBRUARY", "OCTOBER", "NOVEMBER", "DECEMBER",
)) - {"A"}  # fmt: skip
# Of these, what people are called as well, behind a first name: Mary Cook, Olivia Allen-Price; but no `Summer Song`.
SURNAMES_OF_HEADINGS = frozenset(("BEST", "COOK", "DAY", "GOOD", "HOUSE", "KEY", "PAGE", "PRICE", "SONG", "STORY"))
NAMES_OF_HEADINGS = frozenset((
    "APRIL", "ART", "AUGUST", "CHRISTIAN", "DAWN", "GRACE", "JUNE", "MAY", "PATIENCE", "ROYAL", "STAR", "SUMMER",
))  # fmt: skip
# What a sentence may call somebody first, with a capital: `Inmate Colby Blades:`.
JOBS = frozenset((
    "Activist", "Actor", "Actress", "Analyst", "Architect", "Artist", "Astronaut", "Biologist", "Chef", "Chemist",
    "Climatologist", "Critic", "Doctor", "Ecologist", "Economist", "Engineer", "Farmer", "Filmmaker", "Firefighter",
    "Fisherman", "Geologist", "Historian", "Homeowner", "Inmate", "Journalist", "Lawyer", "Manager", "Musician",
    "Naturalist", "Neighbor", "Novelist", "Nurse", "Organizer", "Owner", "Pediatrician", "Photographer", "Physicist",
    "Pilot", "Poet", "Prisoner", "Prosecutor", "Psychologist", "Rancher", "Researcher", "Resident", "Scientist",
    "Singer", "Sociologist", "Soldier", "Spokesman", "Spokeswoman", "Student", "Superintendent", "Supervisor",
    "Teacher", "Trainer", "Volunteer", "Writer", "Zoologist",
))  # fmt: skip
# `CHEF ANA DIAZ`, `SPECIAL AGENT DIAZ`, `Council Member Ana Diaz`: what somebody is, before his name.
BEFORE_NAMES = frozenset((
    *map(str.upper, JOBS), *(office for office in OFFICES if " " not in office),
    *OFFICE_ENDS,
    "ADVOCATE", "AGENT", "AIRMAN", "ANCHOR", "ANNOUNCER", "ATTORNEY", "AUTHOR", "BIOGRAPHER", "CALLER", "CEO",
    "CHAIR", "CHAIRPERSON", "COMEDIAN", "CORRESPONDENT", "COSMONAUT", "DEACON", "DIRECTOR", "EDITOR", "GUEST", "HOST",
    "INSPECTOR", "MEMBER", "MONSIGNOR", "MP", "NARRATOR", "OFFICIAL", "PREMIER", "PRINCIPAL", "PRODUCER", "REPORTER",
    "SPOKESPERSON", "SURGEON", "TROOPER", "UNDERSECRETARY", "VETERAN",
    "AMB", "ATTY", "CMDR", "DET", "INSP", "MSGR", "PVT",
))  # fmt: skip
# What stands in capitals before a surname and is no given name.
NOT_GIVEN = {word.title() for word in (*BEFORE_NAMES, *HONORIFICS, *TITLES, *ROLES)} | frozenset((
    "A", "After", "All", "Also", "Although", "An", "And", "As", "At", "Aunt", "Because",
    "Both", "But", "By", "Dear", "Democrat", "Did", "Does", "Even", "Family", "For", "Former",
    "From", "How", "However", "If", "In", "Is", "It", "Like", "Madam", "National", "NPR", "Now", "On", "Or",
    "Our", "Poor", "Republican", "Saint", "San", "Santa", "Says", "Since", "Sister", "Brother", "So", "State", "That",
    "The", "Then", "There", "This", "To", "Uncle", "Was", "We", "Well", "What", "When", "While", "Who", "Why", "With",
    "Yes", "You", "Lake", "Fort", "Mount", "New", "North", "South", "East", "West", "Police", "Prime",
    "Vice", "House", "Senate", "White", "Hi", "Hey", "Hello", "Thanks", "Thank", "Major", "King", "Queen", "Prince",
    "Princess", "Pope", "Father", "Mother", "Sorry", "Okay", "OK", "Oh", "Ah", "Please", "Welcome", "Right", "Great",
    "Good", "Remember", "Here", "Today", "Maybe", "Adviser", "Advisor", "Class", "Members", "Puzzlemaster",
))  # fmt: skip
