"""Start, share and stop the embedded server of one installation.

Whoever needs the server takes a `Lease`. The first one starts it, and alone learns the owner's
password, which was made for this start and is nowhere else. When the last lease ends, or its holder
is killed, the keeper stops the server.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.config.keys import private_folder, random_text
from undaunted.config.postgres.binaries import Binaries, plain_environment
from undaunted.config.postgres.cluster import (
    check_version,
    make_cluster,
    set_passwords,
    write_access_file,
)
from undaunted.config.postgres.errors import ServerError
from undaunted.config.postgres.locks import FileLock
from undaunted.config.postgres.places import PORT, Places
from undaunted.config.postgres.recovery import clear_remains
from undaunted.config.postgres.sizes import memory_here, sizes
from undaunted.config.roles import (
    DATABASE,
    DESK,
    OWNER,
    RoleUrls,
    serving_passwords,
    serving_urls,
    url_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EmbeddedServer", "Lease"]

KEEPER = Path(__file__).with_name("keeper.py")
START_SECONDS = 90.0
PREPARE_SECONDS = 900.0
STOP_SECONDS = 45.0
LOG_LIMIT = 5_000_000
PAUSE = 0.02

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "work_mem": "32MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    # Nobody replays this log elsewhere: what is written into emptied tables need not go through it.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A log that names no person: no statement, no parameter, no connection.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
}


@dataclass
class Lease:
    """One user's right to the running server; `close` gives it back."""

    socket: Path
    passwords: dict[str, str] = field(repr=False)
    owner_password: str | None = field(repr=False)
    _server: EmbeddedServer = field(repr=False)
    _clients: FileLock = field(repr=False)

    @property
    def urls(self) -> RoleUrls:
        """The addresses of the three serving roles."""
        return serving_urls(self.passwords, host=str(self.socket))

    @property
    def owner_url(self) -> str | None:
        """The owner's address, known only to the lease that started the server."""
        if self.owner_password is None:
            return None
        return url_for(OWNER, self.owner_password, host=str(self.socket))

    def close(self) -> None:
        """Give the lease back; when it was the last, return after the server has stopped."""
        self._clients.release()
        self._server.wait_while_stopping()


class EmbeddedServer:
    """The server whose files are in `folder` and whose serving passwords are in `secrets`."""

    def __init__(
        self,
        folder: Path,
        secrets: Path,
        *,
        durable: bool = True,
        binaries: Binaries | None = None,
    ) -> None:
        """Name the server; nothing is started or written yet."""
        self.places = Places(folder)
        self._secrets = secrets
        self._durable = durable
        self._binaries = binaries

    def open(self, prepare: Callable[[str, RoleUrls], None] | None = None) -> Lease:
        """Take a lease, starting the server when it does not run.

        Whoever starts it calls `prepare` with the owner's and the roles' addresses, before anybody
        else can join.
        """
        places = self.places
        private_folder(places.folder)
        start = FileLock(places.start_lock)
        clients = FileLock(places.clients_lock)
        try:
            start.wait_alone(
                seconds=PREPARE_SECONDS, why="Another process is preparing the database and hangs."
            )
            clients.wait_shared(seconds=STOP_SECONDS, why="The database is stopping and hangs.")
            owner = None if self.running() else self._start()
            self._wait_until_ready()
            lease = self._lease(owner, clients)
            if prepare is not None and lease.owner_url is not None:
                prepare(lease.owner_url, lease.urls)
        except BaseException:
            clients.release()
            raise
        finally:
            start.release()
        return lease

    def running(self) -> bool:
        """Tell whether a keeper holds the server."""
        if not self.places.keeper_lock.exists():
            return False
        lock = FileLock(self.places.keeper_lock)
        try:
            return not lock.try_alone()
        finally:
            lock.release()

    def in_use(self) -> bool:
        """Tell whether anybody has a lease."""
        if not self.places.clients_lock.exists():
            return False
        lock = FileLock(self.places.clients_lock)
        try:
            return not lock.try_alone()
        finally:
            lock.release()

    def stop(self) -> bool:
        """Stop the server under everybody's hands; tell whether one ran."""
        if not self.running():
            if self.places.data.exists():
                clear_remains(self.places)
            return False
        os.kill(int(self.places.keeper_lock.read_text(encoding="ascii")), signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while self.running():
            if time.monotonic() > until:
                raise ServerError(f"The server did not stop. Its log: {self.places.log}")
            time.sleep(PAUSE)
        return True

    def begin_anew(self) -> Path:
        """Lay the data of a server that nobody uses aside; the next `open` makes a new cluster.

        Gives where they lie; what was laid aside before goes. Raises `ServerError` where somebody
        uses it.
        """
        self.wait_while_stopping()
        start = FileLock(self.places.start_lock)
        try:
            start.wait_alone(
                seconds=PREPARE_SECONDS, why="Another process is preparing the database and hangs."
            )
            if self.running():
                raise ServerError(
                    "The database is in use. End every other `undaunted` process of this folder, "
                    "then try again."
                )
            clear_remains(self.places)
            aside = self.places.aside(time.time_ns())  # nothing is destroyed on a guess
            before = self.places.laid_aside()
            self.places.data.rename(aside)
            for each in before:
                shutil.rmtree(each)
        finally:
            start.release()
        return aside

    def wait_while_stopping(self) -> None:
        """Return once the server has stopped, or at once when somebody else uses it."""
        until = time.monotonic() + STOP_SECONDS
        while self.running() and time.monotonic() < until:
            probe = FileLock(self.places.clients_lock)
            somebody = not probe.try_alone() and probe.try_shared()
            probe.release()
            if somebody:
                return
            time.sleep(PAUSE)

    def binaries(self) -> Binaries:
        """Give the programs, found on first use."""
        if self._binaries is None:
            self._binaries = Binaries.find()
        return self._binaries

    def _lease(self, owner: str | None, clients: FileLock) -> Lease:
        return Lease(
            socket=self.places.socket_folder(),
            passwords=serving_passwords(self._secrets),
            owner_password=owner,
            _server=self,
            _clients=clients,
        )

    def _start(self) -> str:
        binaries, places = self.binaries(), self.places
        if places.data.exists():
            check_version(binaries, places.data)
            clear_remains(places)
        else:
            make_cluster(binaries, places.data, durable=self._durable)
        write_access_file(places.data)
        owner = random_text()
        set_passwords(binaries, places.data, owner, serving_passwords(self._secrets))
        self._start_keeper(binaries)
        return owner

    def _start_keeper(self, binaries: Binaries) -> None:
        places = self.places
        settings = SETTINGS | sizes(memory_here()) | ({} if self._durable else FORGETFUL)
        settings["unix_socket_directories"] = str(places.socket_folder())
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = binaries.command("postgres", "-D", str(places.data), *words)
        if places.log.exists() and places.log.stat().st_size > LOG_LIMIT:
            places.log.replace(places.log.with_suffix(".log.1"))
        log = os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            subprocess.run(  # noqa: S603 - our own words, no shell
                [
                    sys.executable, "-I", "-S", str(KEEPER),
                    str(places.keeper_lock), str(places.clients_lock), *command,
                ],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, env=plain_environment(), cwd="/", check=True,
            )  # fmt: skip
        finally:
            os.close(log)

    def _wait_until_ready(self) -> None:
        binaries = self.binaries()
        socket = str(self.places.socket_folder())
        words = ["-q", "-h", socket, "-p", str(PORT), "-U", DESK, "-d", DATABASE]
        until = time.monotonic() + START_SECONDS
        while True:
            if binaries.run("pg_isready", *words).returncode == 0:
                return
            if not self.running() or time.monotonic() > until:
                raise ServerError(
                    f"The server did not start. Its last words:\n{self._last_words()}"
                )
            time.sleep(PAUSE)

    def _last_words(self) -> str:
        if not self.places.log.exists():
            return "(none)"
        return "\n".join(self.places.log.read_text(encoding="utf-8").splitlines()[-8:])
