"""Where the files of one embedded server live and who owns them.

An ordinary user's server lives in the state folder of the installation. PostgreSQL refuses to run as root, so
root's server runs as an unprivileged system user and lives where that user gets to without changing the mode
of folders that are not ours; the state folder then only holds the path.
"""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.problems import Problem

NAME = "community-partnerships"
ROLE = DATABASE = "portal"
SYSTEM_USERS = ("postgres", "nobody")
REACHABLE_PLACES = (Path("/var/lib"), Path("/srv"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108 (own_place checks the owner)
# A socket's path is limited to 107 bytes on Linux, 103 on macOS; PostgreSQL adds `/.s.PGSQL.5432.lock`.
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Owner:
    """The unprivileged system user that root's server runs as."""

    name: str
    uid: int
    gid: int


def unprivileged_owner() -> Owner | None:
    """None for an ordinary user, who runs the server as themselves."""
    if os.geteuid() != 0:
        return None
    for name in SYSTEM_USERS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Owner(name, entry.pw_uid, entry.pw_gid)
    raise Problem(
        "PostgreSQL refuses to run as root and there is no system user "
        f"{' or '.join(SYSTEM_USERS)}: run as an ordinary user or set DATABASE_URL."
    )


def others_may_reach(folder: Path) -> bool:
    """Whether any user gets into `folder`: it and every folder above let others pass."""
    try:
        return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))
    except OSError:
        return False


def reachable_place() -> Path:
    """The first folder that an unprivileged user reaches and we may write to."""
    for place in REACHABLE_PLACES:
        if others_may_reach(place) and os.access(place, os.W_OK):
            return place
    raise Problem(
        "PostgreSQL refuses to run as root, and none of "
        f"{', '.join(map(str, REACHABLE_PLACES))} can be reached by an unprivileged user: "
        "run as an ordinary user or set DATABASE_URL."
    )


def own_place() -> Path:
    """Root's folder for all its servers and their programs, which others may pass but not list."""
    folder = reachable_place() / NAME
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Problem(f"{folder} belongs to somebody else: remove it or set DATABASE_URL.")
    folder.chmod(0o711)
    return folder


@dataclass(frozen=True)
class Home:
    """The folder of one server; `owner` is None where the server runs as ourselves."""

    path: Path
    owner: Owner | None

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def ready_file(self) -> Path:
        """Exists while the guardian's server accepts connections; the guardian makes and removes it."""
        return self.path / "ready"

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def socket_folder_file(self) -> Path:
        return self.path / "socket-folder"

    @classmethod
    def of_installation(cls, state_folder: Path) -> "Home | None":
        """The home made earlier for this installation, None if there is none."""
        owner = unprivileged_owner()
        local = state_folder / "postgres"
        if owner is None:
            return cls(local, None) if local.is_dir() else None
        path = _read(local / "home")
        if not path or not Path(path).is_dir():
            return None
        home = cls(Path(path), owner)
        return home if home._belongs_to(local) else None

    @classmethod
    def for_installation(cls, state_folder: Path) -> "Home":
        """The home of this installation, made on first use."""
        found = cls.of_installation(state_folder)
        if found:
            return found
        local = state_folder / "postgres"
        local.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = unprivileged_owner()
        if owner is None:
            return cls(local, None)
        home = cls(own_place() / secrets.token_hex(6), owner)
        home.path.mkdir(mode=0o711)
        (home.path / "installation").write_text(str(local.resolve()))
        (local / "home").write_text(str(home.path))
        return home

    @classmethod
    def temporary(cls) -> "Home":
        """A new home in a folder for temporary files; its server removes it at the end."""
        owner = unprivileged_owner()
        place = reachable_temporary_place() if owner else Path(tempfile.gettempdir())
        path = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir=place))
        if owner:
            path.chmod(0o711)
        return cls(path, owner)

    def _belongs_to(self, local: Path) -> bool:
        """Whether this home is that of the installation at `local`, also after it has moved, but not of a
        copy.
        """
        mark = self.path / "installation"
        written = _read(mark)
        if written == str(local.resolve()):
            return True
        if _read(Path(written) / "home") == str(self.path):
            return False
        mark.write_text(str(local.resolve()))
        return True

    def private_folder(self, name: str) -> Path:
        """A new folder that only the server's user may enter."""
        folder = self.path / name
        folder.mkdir(mode=0o700)
        self.give_to_owner(folder)
        return folder

    def give_to_owner(self, path: Path) -> None:
        if self.owner:
            os.chown(path, self.owner.uid, self.owner.gid)

    def socket_folder(self) -> Path:
        """The folder of the server's socket, made if need be: 0700, with a path short enough for a socket."""
        recorded = Path(_read(self.socket_folder_file) or self.path / "socket")
        if self._is_private(recorded):
            return recorded
        folder = self.path / "socket"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
            folder = Path(tempfile.mkdtemp(prefix="portal-", dir=_short_temporary_place()))
            self.give_to_owner(folder)
        elif not self._is_private(folder):
            self.private_folder("socket")
        self.socket_folder_file.write_text(str(folder))
        return folder

    def _is_private(self, folder: Path) -> bool:
        try:
            status = folder.lstat()
        except OSError:
            return False
        uid = self.owner.uid if self.owner else os.geteuid()
        return folder.is_dir() and status.st_uid == uid and status.st_mode & 0o777 == 0o700

    def password(self) -> str:
        return _read(self.password_file)

    def make_password(self) -> str:
        """A new random password in a file that only we can read."""
        password = secrets.token_hex(24)
        self.password_file.unlink(missing_ok=True)
        with open(os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        return password

    def url(self, database: str = DATABASE) -> str:
        """The address of `database`, for Django as well as for libpq's own programs."""
        socket_folder = quote(_read(self.socket_folder_file), safe="/")
        return f"postgres://{ROLE}:{self.password()}@/{database}?host={socket_folder}"

    def has_guardian(self) -> bool:
        """Whether a process of ours looks after this server now."""
        try:
            # Never made here: a temporary home that is being removed must not get a new file.
            with lock_file(self.path / "guardian.lock", os.O_RDWR) as descriptor:
                return not try_lock(descriptor, fcntl.LOCK_SH)
        except FileNotFoundError:
            return False

    def remove(self) -> None:
        """Delete everything: only for temporary servers."""
        folder = _read(self.socket_folder_file)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)


@contextlib.contextmanager
def lock_file(path: Path, flags: int = os.O_RDWR | os.O_CREAT) -> Iterator[int]:
    """An open file for `flock`; closing it gives the lock back, as does the end of the process."""
    descriptor = os.open(path, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def try_lock(descriptor: int, kind: int) -> bool:
    """Take the lock if nobody stands in the way."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def reachable_temporary_place() -> Path:
    """Where root's temporary servers live: the folder for temporary files if others reach it."""
    preferred = Path(tempfile.gettempdir())
    return preferred if others_may_reach(preferred) else reachable_place()


def _short_temporary_place() -> str:
    preferred = tempfile.gettempdir()
    return preferred if len(preferred) <= LONGEST_SOCKET_FOLDER - 20 else "/tmp"  # noqa: S108 (mkdtemp inside)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
