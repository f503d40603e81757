"""What people wrote down beside the pages: the authority and the corrections, from the files that the settings name."""

from dataclasses import dataclass, field

from pipeline.identify.authority.files import load_authority
from pipeline.identify.authority.known_people import Authority
from pipeline.identify.corrections.file import NO_CORRECTIONS, Corrections, load_corrections
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of people and pages from elsewhere; nothing, unless it is loaded."""

    authority: Authority = field(default_factory=Authority)
    corrections: Corrections = NO_CORRECTIONS


def load_known(settings: Settings) -> Known:
    """The built-in authority and the user's files.

    Raises:
        UsageError: a file cannot be read or holds an entry that is wrong; the message names it.
    """
    return Known(load_authority(settings.authority_files), load_corrections(settings.corrections_file))
