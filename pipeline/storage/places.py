"""Where the settings say that archive and lake are kept."""

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.storage.storage import Storage


def archive_storage(settings: Settings) -> Storage:
    """Where the archive is kept.

    Raises:
        UsageError: it is a bucket that cannot be asked: no credentials, or the extra `s3` is not installed.
    """
    return _storage(settings, settings.archive_dir)


def lake_storage(settings: Settings) -> Storage:
    """Where the lake is kept; errors as for `archive_storage`."""
    return _storage(settings, settings.lake_dir)


def _storage(settings: Settings, folder: Path) -> Storage:
    from pipeline.storage.disk import Disk  # noqa: PLC0415  # Arrow and obstore take their time: only who needs one

    if settings.storage_url is None:
        return Disk(folder.absolute())
    try:
        from pipeline.storage.bucket import Bucket  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("ASRUN_STORAGE_URL is set, but its libraries are missing: pip install 'asrun[s3]'") from error
    return Bucket(folder.absolute(), f"{settings.storage_url.rstrip('/')}/{folder.name}", settings.storage_endpoint)
