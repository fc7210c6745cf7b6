"""The environment's variables, read strictly: a value that can't be meant is refused, naming the variable."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

YES = ("true", "on", "yes", "y", "ok", "1")
NO = ("false", "off", "no", "n", "0", "")


class Environment(environ.Env):
    """django-environ without its leniency: there, DEBUG=perhaps is False and a wrong number a traceback."""

    def get_value(self, var: str, cast: Any = None, *args: Any, **kwargs: Any) -> Any:
        """The value of a variable. Raises `ImproperlyConfigured` naming the variable."""
        given = self.ENVIRON.get(var)
        if cast is bool and given is not None and given.strip().lower() not in YES + NO:
            raise ImproperlyConfigured(f"{var} must be true or false, not {given!r}.")
        try:
            return super().get_value(var, cast, *args, **kwargs)
        except ValueError:
            kind = getattr(cast, "__name__", "value")
            raise ImproperlyConfigured(f"{var} must be of type {kind}, not {given!r}.") from None


def postgresql(url: str) -> dict[str, Any]:
    """Django's settings for the database at `url`.

    Raises `ImproperlyConfigured` for another kind of address, without repeating it: it may hold a password.
    """
    refusal = "DATABASE_URL must name a PostgreSQL database, as in postgres://user:password@host/name."
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(refusal)
    try:
        database: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        raise ImproperlyConfigured(refusal) from None
    if not database["NAME"]:
        raise ImproperlyConfigured(refusal)
    return database
