"""What a command needs around it: the database, Django, and the person who acts."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["REFUSED", "refusals", "session"]

REFUSED = 2


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the refusals of the machine room into a message and an exit status."""
    from undaunted.config.environment import SettingRefused  # noqa: PLC0415 - starts faster
    from undaunted.config.external import ExternalRefused  # noqa: PLC0415 - starts faster
    from undaunted.config.postgres import ServerError  # noqa: PLC0415 - starts faster
    from undaunted.config.schema import DemonstrationRefused  # noqa: PLC0415 - starts faster
    from undaunted.config.withdrawals import WithdrawalsRefused  # noqa: PLC0415 - starts faster

    known = (SettingRefused, ExternalRefused, ServerError, DemonstrationRefused, WithdrawalsRefused)
    try:
        yield
    except known as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def session(as_user: str | None, *, database: bool, settle: bool = True) -> Iterator[None]:
    """Open the database with the serving roles, load Django, and act as `as_user` or the public.

    Only a command that mends the ledger of withdrawals does without `settle`.
    """
    from undaunted.config.environment import read_environment  # noqa: PLC0415 - as above
    from undaunted.config.loading import load_areas  # noqa: PLC0415 - as below
    from undaunted.config.memory import close_memory  # noqa: PLC0415 - as above

    close_memory()
    if database and as_user:
        _demand_answers()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
    opened = None
    if database and not read_environment().desk_url:
        from undaunted.config.database import open_database  # noqa: PLC0415 - as above

        owner_url = os.environ.pop("DATABASE_URL", None)
        opened = open_database(read_environment(), owner_url, say=_aside, settle=settle)
        os.environ.update(opened.urls.variables())
    os.environ.pop("DATABASE_URL", None)
    try:
        load_areas()
        if database and as_user:
            with _signed_in(as_user):
                yield
        else:
            yield
    finally:
        _close_connections()
        if opened is not None:
            opened.close()


def _demand_answers() -> None:
    """Refuse before the database is opened where nobody can be asked and nothing is handed in."""
    if _has_terminal() or _is_handed_in():
        return
    typer.echo(
        "undaunted: signing in asks for a passphrase and a code, and needs a terminal for it, or "
        "two lines handed in; a program uses the API with a token",
        err=True,
    )
    raise typer.Exit(REFUSED)


def _has_terminal() -> bool:
    if os.name == "nt" or (sys.stdin is not None and sys.stdin.isatty()):
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _is_handed_in() -> bool:
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # no input at all, or none that is a file
        return False
    return stat.S_ISFIFO(kind) or stat.S_ISREG(kind) or stat.S_ISSOCK(kind)


def _asked(question: str) -> str:
    """Ask without showing what is typed; where there is no terminal, take the next line."""
    return getpass.getpass(question) if _has_terminal() else sys.stdin.readline().rstrip("\n")


@contextmanager
def _signed_in(username: str) -> Iterator[None]:
    from importlib import import_module  # noqa: PLC0415 - needs the apps

    from undaunted.core.access.rules import AccessError  # noqa: PLC0415 - as above

    actions: Any = import_module("undaunted.core.accounts.actions.terminal")
    passphrase = _asked(f"Passphrase of {username}: ")
    code = _asked("Code of the second factor: ")
    try:
        with actions.sign_in_at_terminal(username, passphrase, code):
            yield
    except AccessError as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - needs the settings

    for alias in connections:
        connection: Any = connections[alias]
        connection.close()
        connection.close_pool()


def _aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the answer alone goes to standard output
