"""A page that somebody else archived, taken into ours as an import does it."""

from pipeline.archive import Archive, Resource, encode_page
from pipeline.exchanges import ArchivedPage


def taken(archive: Archive, page: Resource) -> ArchivedPage:
    """The page as it is read back once it is on the disk."""
    place = archive.append_encoded(encode_page(page)[0])
    archive.sync()
    return archive.read(*place)
