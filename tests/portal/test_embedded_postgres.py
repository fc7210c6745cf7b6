"""The server that comes with the portal: who may reach it, and what happens when processes are killed."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import embedded_postgres, processes
from portal.embedded_postgres import home as homes
from portal.embedded_postgres.home import Home
from portal.embedded_postgres.server import PROJECT, EmbeddedServer
from portal.problems import Problem

PATIENCE = 30


@pytest.fixture
def home() -> Iterator[Home]:
    """A home that outlives its servers within the test."""
    made = Home.temporary()
    yield made
    made.remove()


def postmaster(home: Home) -> int:
    return int((home.data / "postmaster.pid").read_text().splitlines()[0])


def user_in_another_process(
    home: Home, script: str = "import sys; sys.stdin.read()"
) -> subprocess.Popen[str]:
    """A process that holds the server and runs `script`; returns once it does."""
    code = (
        "from portal.embedded_postgres.home import Home, unprivileged_owner\n"
        "from portal.embedded_postgres.server import EmbeddedServer\n"
        "from pathlib import Path\n"
        f"with EmbeddedServer(Home(Path({str(home.path)!r}), unprivileged_owner())):\n"
        "    print('held', flush=True)\n"
        f"    {script}\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def release(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=PATIENCE)


def test_server_knows_cyrillic_and_our_extensions() -> None:
    with EmbeddedServer.temporary() as server, psycopg.connect(server.url(), autocommit=True) as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}")
        row = connection.execute(
            "SELECT lower('ЇЖАК'), 'Ґанок' ILIKE 'ґАНОК', to_tsvector('simple', '«Ріг»')::text"
        ).fetchone()
    assert row == ("їжак", True, "'ріг':1")


def test_only_the_password_opens_the_server_on_a_private_socket() -> None:
    with EmbeddedServer.temporary() as server:
        folder = server.home.socket_folder()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.home.password_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(server.home.data.stat().st_mode) == 0o700
        wrong = server.url().replace(server.home.password(), "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW password_encryption").fetchone() == ("scram-sha-256",)


def test_temporary_server_leaves_nothing() -> None:
    with EmbeddedServer.temporary() as server:
        pid = postmaster(server.home)
    assert not server.home.path.exists()
    assert processes.wait_until(lambda: not processes.is_alive(pid), PATIENCE)


def test_data_survive_a_stop_and_a_start(home: Home) -> None:
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_server_stays_while_another_process_holds_it(home: Home) -> None:
    with EmbeddedServer(home) as server:
        other = user_in_another_process(home)
        pid = postmaster(home)
    assert processes.is_alive(pid)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    release(other)
    assert processes.wait_until(lambda: not processes.is_alive(pid), PATIENCE)


def test_server_stops_when_its_only_user_is_killed(home: Home) -> None:
    user = user_in_another_process(home)
    pid = postmaster(home)
    user.kill()
    release(user)
    assert processes.wait_until(lambda: not processes.is_alive(pid), PATIENCE)


def test_server_starts_again_after_it_was_killed(home: Home) -> None:
    with EmbeddedServer(home) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(postmaster(home), signal.SIGKILL)
        assert processes.wait_until(lambda: not server.is_guarded(), PATIENCE)
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_next_start_leaves_no_stray_server_when_the_guardian_was_killed(home: Home) -> None:
    with EmbeddedServer(home) as server:
        stray = postmaster(home)
        guardian = server._guardian
        assert guardian is not None
        guardian.kill()
        guardian.wait()
    with EmbeddedServer(home):
        assert postmaster(home) != stray
        assert not processes.is_alive(stray)


def test_stray_server_without_parent_is_found_and_stopped(home: Home) -> None:
    """As after a kill of the guardian where the kernel doesn't tell children of their parent's end."""
    with EmbeddedServer(home):
        pass
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from portal import processes\nprocesses._LIBC = None\n"
        "from portal.embedded_postgres.cluster import Cluster\n"
        "from portal.embedded_postgres.home import Home, unprivileged_owner\n"
        f"server = Cluster(Home(Path({str(home.path)!r}), unprivileged_owner()), report=print).start()\n"
        "import os; os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
    stray = postmaster(home)
    assert processes.is_alive(stray)
    with EmbeddedServer(home):
        assert not processes.is_alive(stray)


def test_pid_file_that_names_another_program_is_forgotten(home: Home) -> None:
    with EmbeddedServer(home):
        pass
    lines = [str(os.getpid()), str(home.data), "0", "5432", str(home.socket_folder()), "", "  1  1", "ready"]
    (home.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_lost_password_is_replaced(home: Home) -> None:
    with EmbeddedServer(home):
        old = home.password()
    home.password_file.unlink()
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        assert home.password() != old
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_interrupted_creation_is_begun_anew(home: Home) -> None:
    half = home.path / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedServer(home) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not half.exists()


def test_socket_moves_to_a_short_path_when_the_home_is_deep(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir(mode=0o700)
    home = Home(deep, homes.unprivileged_owner())
    folder = home.socket_folder()
    assert len(str(folder)) <= homes.LONGEST_SOCKET_FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert home.socket_folder() == folder
    home.remove()
    assert not folder.exists()


def test_data_of_another_version_are_refused_in_one_sentence(home: Home) -> None:
    with EmbeddedServer(home):
        pass
    (home.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Problem, match="was written by PostgreSQL 17"), EmbeddedServer(home):
        pass


def test_reason_is_told_when_the_server_refuses_its_settings(home: Home) -> None:
    with EmbeddedServer(home):
        pass
    with (home.data / "postgresql.conf").open("a") as file:
        file.write("nonsense = yes\n")
    with (
        pytest.raises(Problem, match=r"did not start: .*nonsense|did not start: .*configuration"),
        EmbeddedServer(home),
    ):
        pass


def test_url_is_refused_with_one_sentence_while_no_server_runs(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="the embedded PostgreSQL does not run"):
        embedded_postgres.database_url(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server lives outside the state folder")
def test_home_of_root_follows_a_moved_installation_but_not_a_copy(tmp_path: Path) -> None:
    first, moved, copy = tmp_path / "first", tmp_path / "moved", tmp_path / "copy"
    home = Home.for_installation(first)
    try:
        first.rename(moved)
        assert Home.for_installation(moved).path == home.path
        (copy / "postgres").mkdir(parents=True)
        (copy / "postgres" / "home").write_text(str(home.path))
        other = Home.for_installation(copy)
        assert other.path != home.path
        other.remove()
    finally:
        home.remove()


def test_place_without_way_for_others_is_named_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(homes, "REACHABLE_PLACES", (tmp_path,))
    with pytest.raises(Problem, match="can be reached by an unprivileged user"):
        homes.reachable_place()
