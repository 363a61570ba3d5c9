"""One door to the database for every process that may open it: embedded or somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undaunted.config.environment import Profile
from undaunted.config.postgres import EmbeddedServer, Lease, ServerError
from undaunted.config.schema import DemonstrationCutOff, is_prepared, prepare
from undaunted.config.withdrawals import settle_withdrawals

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.environment import Environment
    from undaunted.config.roles import RoleUrls

__all__ = ["Database", "embedded_server", "open_database"]


@dataclass
class Database:
    """A database that is ready; `close` lets the embedded server stop when we were its last."""

    urls: RoleUrls
    lease: Lease | None = field(default=None, repr=False)
    server: EmbeddedServer | None = field(default=None, repr=False)

    def alive(self) -> bool:
        """Tell whether the embedded server still runs; somebody else's is not ours to judge."""
        return self.server is None or self.server.running()

    def close(self) -> None:
        """Give the server back."""
        if self.lease is not None:
            self.lease.close()


def embedded_server(environment: Environment) -> EmbeddedServer:
    """Give the embedded server of this installation, started or not."""
    return EmbeddedServer(environment.var / "postgres", environment.secrets)


def open_database(
    environment: Environment,
    database_url: str | None,
    *,
    say: Callable[[str], None],
    settle: bool = True,
    demonstrate: bool = True,
) -> Database:
    """Open the database, migrated and, on a laptop, with its demonstration unless told otherwise.

    It follows the ledger of withdrawals before anybody gets it, unless the caller is there to mend
    that ledger. The owner's address lives in this call only.
    """
    invented = demonstrate and environment.may_demonstrate
    database = _opened(environment, database_url, say, demonstrate=invented)
    if settle:
        try:
            settle_withdrawals(environment, database.urls, say=say)
        except BaseException:
            database.close()
            raise
    return database


def _opened(
    environment: Environment,
    database_url: str | None,
    say: Callable[[str], None],
    *,
    demonstrate: bool,
) -> Database:

    def make_ready(owner_url: str, urls: RoleUrls) -> None:
        prepare(
            owner_url,
            urls,
            demonstrate=demonstrate,
            production=environment.profile is Profile.PRODUCTION,
            say=say,
        )

    if database_url:
        from undaunted.config.external import open_external  # noqa: PLC0415 - rarely needed

        owner_url, urls = open_external(database_url, environment.secrets)
        make_ready(owner_url, urls)
        return Database(urls)
    server = embedded_server(environment)
    try:
        lease = server.open(make_ready)
    except DemonstrationCutOff:
        say("The demonstration was cut off while it was loaded: it is loaded anew.")
        say(f"What there was of it is laid aside in {server.begin_anew()}.")
        lease = server.open(make_ready)
    if lease.owner_password is None and not is_prepared(lease.urls.desk):
        lease.close()
        raise ServerError(
            "The running database has other tables than this version needs. End every other "
            "`undaunted` process of this folder, then try again."
        )
    return Database(lease.urls, lease, server)
