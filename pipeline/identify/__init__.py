"""What one look at one page cannot tell: who is who, what is the same on many pages, and what changed on one.

Pure: no network, no clock, no lake; no files but those of the package and those that the settings name.

names, rarity     what of a name is compared, what is nobody's name, how many people bear it
authority, hosts  people whom files describe, and surname-only hosts by who hosted the programme then
appearances       a page to the people heard and credited on it
neighbours        which names look alike: all that a name is compared with
aliases           which names are another's spelling, short form, initial or typo
namesakes         the appearances under one name to people (groups); those without affiliation: unaffiliated
ids, people       readable ids that stay; all of it together
corrections       what people corrected by hand
the others        pages of one story, and revisions of one page
"""
