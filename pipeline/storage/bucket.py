"""Files in a bucket of an S3-compatible object store. Imported only where the settings name one."""

import errno
import io
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import botocore.exceptions
import botocore.session
import pyarrow.fs as pafs
from obstore.auth.boto3 import Boto3CredentialProvider
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from pipeline.errors import UsageError
from pipeline.storage.objects import ObjectFile, UnchangingFiles
from pipeline.storage.storage import Found, Overtaken, Unreachable
from pipeline.storage.trouble import plain

_SCHEME = "s3://"
_ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_REGION = "us-east-1"
"""Where none is configured: what other makers' servers take for any."""
TRIES = 6
RETRY_SECONDS = 60
"""A passing trouble (a refused connection, 503, 429) is met by so many further tries, within so much time."""
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10
_CONNECT_SECONDS, _REQUEST_SECONDS = 5, 60
_READ_AHEAD = 1 << 20


class Bucket:
    """A `Storage` below `url` (`s3://bucket/prefix`), asked with the credentials that AWS's own tools would take.

    Raises:
        UsageError: there are no credentials.
    """

    is_remote = True
    needs_flush = False

    def __init__(self, folder: Path, url: str, endpoint: str | None) -> None:
        self.folder = folder
        self.url = url
        self._endpoint = endpoint or next(filter(None, map(os.environ.get, _ENDPOINT_VARIABLES)), None)
        self._bucket, _, self._prefix = url.removeprefix(_SCHEME).partition("/")
        session = botocore.session.get_session()
        self._region = session.get_config_variable("region") or _REGION
        try:
            self._credentials = Boto3CredentialProvider(session)
        except (ValueError, botocore.exceptions.BotoCoreError) as error:
            raise UsageError(
                f"{url}: no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
            ) from error
        self._store = S3Store(self._bucket, prefix=self._prefix, **self._how())
        self._tags: dict[Path, str | None] = {}

    def _how(self) -> Any:
        """How any of obstore's stores is told to ask."""
        config = {"region": self._region, **({"endpoint": self._endpoint} if self._endpoint else {})}
        return {
            "config": config,
            "client_options": {
                "allow_http": self._allows_http,
                "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
                "timeout": timedelta(seconds=_REQUEST_SECONDS),
            },
            "retry_config": {
                "max_retries": TRIES,
                "retry_timeout": timedelta(seconds=RETRY_SECONDS),
                "backoff": {
                    "init_backoff": timedelta(seconds=_FIRST_WAIT),
                    "max_backoff": timedelta(seconds=_LONGEST_WAIT),
                    "base": 2,
                },
            },
            "credential_provider": self._credentials,
        }

    @property
    def _allows_http(self) -> bool:
        return self._endpoint is not None and self._endpoint.startswith("http://")

    def uri(self, path: Path) -> str:
        return f"{self.url}/{self._key(path)}".rstrip("/")

    def is_there(self, path: Path) -> bool:
        try:
            with self._told(path):
                self._store.head(self._key(path))
        except FileNotFoundError:
            return False
        return True

    def found(self, below: Path, suffix: str) -> list[Found]:
        with self._told(below):
            objects = list(chain.from_iterable(self._store.list(prefix=self._key(below))))
        return sorted(
            Found(self.folder / one["path"], one["size"], one["last_modified"])
            for one in objects
            if one["path"].endswith(suffix)
        )

    def read(self, path: Path) -> bytes:
        with self._told(path):
            found = self._store.get(self._key(path))
            self._tags[path] = found.meta["e_tag"]
            return bytes(found.bytes())

    def local(self, path: Path, aside: Path) -> Path:
        aside.write_bytes(self.read(path))
        return aside

    def open(self, path: Path, ahead: int | None = None) -> BinaryIO:
        with self._told(path):
            size = self._store.head(self._key(path))["size"]
        return io.BufferedReader(ObjectFile(partial(self._part, path), size), ahead or _READ_AHEAD)

    def _part(self, path: Path, start: int, length: int) -> bytes:
        with self._told(path):
            return bytes(self._store.get_range(self._key(path), start=start, length=length))

    def write(self, path: Path, content: bytes) -> None:
        with self._told(path):
            self._store.put(self._key(path), content)

    def swap(self, path: Path, content: bytes) -> None:
        tag = self._tags.get(path)
        with self._told(path):
            put = self._store.put(self._key(path), content, mode={"e_tag": tag} if tag else "create")
        self._tags[path] = put["e_tag"]

    def put(self, finished: Path, path: Path) -> None:
        self.copy(finished, path)
        finished.unlink()

    def copy(self, finished: Path, path: Path) -> None:
        with self._told(path):
            self._store.put(self._key(path), finished)

    def remove(self, paths: Collection[Path]) -> None:
        with self._told(self.folder):
            self._store.delete([self._key(path) for path in paths])

    @property
    def delta_options(self) -> dict[str, str]:
        with self._told(self.folder):
            now = self._credentials()
        token = now.get("token")
        return {
            "aws_access_key_id": now["access_key_id"],
            "aws_secret_access_key": now["secret_access_key"],
            **({"aws_session_token": token} if token else {}),
            "aws_region": self._region,
            **({"aws_endpoint": self._endpoint} if self._endpoint else {}),
            "aws_conditional_put": "etag",
            "allow_http": str(self._allows_http).lower(),
            "connect_timeout": f"{_CONNECT_SECONDS}s",
            "timeout": f"{_REQUEST_SECONDS}s",
            "max_retries": str(TRIES),
            "retry_timeout": f"{RETRY_SECONDS}s",
        }

    @cached_property
    def arrow(self) -> Any:
        return pafs.PyFileSystem(pafs.FSSpecHandler(self.opener))

    def arrow_path(self, path: Path) -> str:
        return self.uri(path).removeprefix(_SCHEME)

    @cached_property
    def opener(self) -> Any:
        return UnchangingFiles("s3", **self._how())

    def _key(self, path: Path) -> str:
        key = path.relative_to(self.folder).as_posix()
        return "" if key == "." else key

    @contextmanager
    def _told(self, path: Path) -> Iterator[None]:
        """The libraries' errors as the system's."""
        try:
            yield
        except FileNotFoundError as error:
            raise FileNotFoundError(errno.ENOENT, "it is not there", self.uri(path)) from error
        except (PreconditionError, AlreadyExistsError) as error:
            raise Overtaken(errno.EBUSY, "somebody else has replaced it", self.uri(path)) from error
        except (BaseError, botocore.exceptions.BotoCoreError) as error:
            raise Unreachable(errno.EIO, plain(str(error)), self.uri(path)) from error
