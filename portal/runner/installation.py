"""What the environment and `.env` say about this installation, as far as it matters before Django starts."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.embedded_postgres.server import EmbeddedServer
from portal.problems import Problem
from portal.runner.progress import say

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Installation:
    """`database_url` is empty where the embedded server is to be used."""

    state_folder: Path
    host: str
    port: int
    database_url: str

    @classmethod
    def from_environment(cls) -> "Installation":
        """Read `.env` beside the environment, which wins. Raises `Problem` for a port that is none."""
        if (PROJECT / ".env").is_file():
            import environ

            environ.Env.read_env(PROJECT / ".env")
        return cls(
            state_folder=Path(os.environ.get("STATE_DIR") or PROJECT / "var"),
            host=os.environ.get("HOST") or "127.0.0.1",
            port=_port(os.environ.get("PORT") or "8000"),
            database_url=os.environ.get("DATABASE_URL", ""),
        )

    @property
    def address(self) -> str:
        """The address to type into a browser on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 (compared, not bound)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @contextlib.contextmanager
    def database(self) -> Iterator[EmbeddedServer | None]:
        """Keep the embedded server running meanwhile; None where the database is somebody else's to run."""
        if self.database_url:
            yield None
            return
        self.state_folder.mkdir(parents=True, exist_ok=True)
        with EmbeddedServer.of_installation(
            self.state_folder, report=lambda text: say(f"{text} …")
        ) as server:
            yield server


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}.")
