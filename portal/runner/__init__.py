"""The engine room: `make run`, `make dev`, `make manage`, `make test`, backups.

- `bootstrap.py`: makes `.venv` and installs a lock; plain Python, it runs before anything is installed;
- `installation.py`: what the environment says: folders, address, database;
- `supervisor.py`: starts the database and the web server, ends both, notices when one of them ends;
- `serve.py`, `develop.py`: the process that answers requests, under gunicorn or Django's reloading server;
- `preparation.py`: what must be done before it may: catalogues, migrations, shipped data, static files;
- `backup.py`: dump and restore with PostgreSQL's own programs;
- `progress.py`: what the person sees meanwhile.
"""
