"""Statements about invented states on both boards, recorded and accepted by two people."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as, install_office
from undaunted.core.commitments.actions import accept_statement, record_statement
from undaunted.core.commitments.rules import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

__all__ = ["load_sanctions"]

_OFFICE: Final = "Sanctions unit of Freedonia (invented)"
_PEOPLE: Final = {"renate": [Role.DOCUMENTER], "tibor": [Role.REVIEWER]}
_AT: Final = datetime(2026, 11, 2, 9, tzinfo=UTC)


def load_sanctions(
    as_owner: Callable[[], AbstractContextManager[None]], *, say: Callable[[str], None]
) -> None:
    """Install the unit and have its two people state what invented states have."""
    pack = files("undaunted.repression.sanctions").joinpath("packs", "demonstration.toml")
    statements = read_toml(pack.read_text("utf-8"), where="demonstration.toml")
    with as_owner():
        place, people = install_office(_OFFICE, _PEOPLE, country="XF", government=True)
    first, second = people
    for statement in statements:
        with acting_as(first.user) as actor:
            made = record_statement(place, statement, actor=actor, at=_AT)
        with acting_as(second.user) as actor:
            accept_statement(made, actor=actor, at=_AT)
    say(f"Logins of the {_OFFICE}: user name, passphrase, secret of the code app.")
    for one in people:
        say(f"  {one.user.username:8} {one.passphrase}  {one.secret}  {', '.join(one.roles)}")
