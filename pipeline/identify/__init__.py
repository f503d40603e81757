"""What one look at one page cannot tell: who is who, what is the same on many pages, and what changed on one.

Pure: no network, no clock, no lake; no files but those of the package and those that the settings name.

Each room imports those before it:

names.py      what of a name is compared, and what is nobody's name
authority/    people whom files describe, and surname-only hosts by who hosted the programme then
corrections/  what people corrected by hand
people/       a page to the people heard and credited on it; which names are another's spelling, short form, initial or
              typo; the appearances under one name to people; readable ids that stay
stories/      what pages say, as words; which say the same: families, stories, copies, names lent by a copy
revisions/    what changed from one revision of a page to the next, and which turns stayed
known.py      authority and corrections, from the files that the settings name
"""
