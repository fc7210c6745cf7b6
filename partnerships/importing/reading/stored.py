"""The file that somebody brought, as bytes: its size, its digest, and reading it more than once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from partnerships.importing.reading.faults import FileUnusable

MAX_BYTES = 50 * 1024 * 1024
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A path, or an open file that can go back to its beginning. Its name is only for people."""

    where: Path | BinaryIO
    name: str

    def size(self) -> int:
        """Bytes of the file, found without reading it."""
        try:
            if isinstance(self.where, Path):
                return self.where.stat().st_size
            self.where.seek(0, 2)
            return self.where.tell()
        except (OSError, ValueError) as error:
            raise FileUnusable(_("The file can't be opened.")) from error

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file at its beginning; one that was brought open stays open."""
        try:
            if isinstance(self.where, Path):
                with self.where.open("rb") as file:
                    yield file
            else:
                self.where.seek(0)
                yield self.where
        except OSError as error:
            raise FileUnusable(_("The file can't be opened.")) from error

    def chunks(self) -> Iterator[bytes]:
        with self.opened() as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def head(self, length: int = CHUNK) -> bytes:
        with self.opened() as file:
            return file.read(length)

    def digest(self) -> str:
        """SHA-256 of the whole."""
        summed = hashlib.sha256()
        for chunk in self.chunks():
            summed.update(chunk)
        return summed.hexdigest()


def checked_size(file: StoredFile) -> int:
    """Bytes of a file that is neither empty nor too large; nothing of it has been read then.

    :raises FileUnusable: it is.
    """
    size = file.size()
    if size == 0:
        raise FileUnusable(_("The file is empty."))
    if size > MAX_BYTES:
        raise FileUnusable(
            _("The file has %(size)s MB; the importer reads files of up to %(most)s MB.")
            % {"size": -(-size // 1024**2), "most": MAX_BYTES // 1024**2}
        )
    return size
