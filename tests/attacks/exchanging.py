"""Whole installations side by side: each its own folder, database, secrets, people and keys.

What goes between them are files. Everything but the first people is done by the command, in
processes of its own, as an operator would.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tests.attacks.standing import COMMAND, INSIDE, Standing, standing
from tests.prepared import copy_prepared
from undaunted.config.keys import private_folder, random_hex
from undaunted.config.postgres import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undaunted.config.postgres import Lease

__all__ = ["House", "opened_house"]


@dataclass
class House:
    """One installation of one organisation; `told` is what its office was given, shown once."""

    name: str
    folder: Path
    lease: Lease = field(repr=False)
    standing: Standing = field(repr=False)
    told: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def holder(self) -> str:
        """The organisation."""
        return str(self.told["holder"])

    @property
    def files(self) -> Path:
        """Where its people save files and find those that came."""
        return self.folder / "files"

    def run(self, who: str, *words: object, key: bool = False, status: int = 0) -> str:
        """Run a command as somebody, who proves both factors and, with `key`, opens their key."""
        person = self.told["people"][who]
        answers = [person["passphrase"], person["codes"].pop()]
        answers += [person["passphrase"]] if key else []
        return self.command("--as", person["name"], *words, answers=answers, status=status)

    def command(self, *words: object, answers: Sequence[str] = (), status: int = 0) -> str:
        """Run a command of this installation; gives what it said on both outputs."""
        given = "".join(f"{line}\n" for line in answers)
        done = self.standing.do(COMMAND, [*map(str, words)], given=given)
        said = done.out + done.err
        assert done.status == status, f"{self.name}: {words}: {said}"
        assert not any(answer in said for answer in answers), "a secret was printed"
        return said

    def inside(self, job: str, **more: str) -> dict[str, Any]:
        """Do what has no command in a process of this installation; gives what it told."""
        given = {f"EXCHANGE_{name.upper()}": value for name, value in more.items()}
        done = self.standing.do(INSIDE, [job], more=given)
        assert done.status == 0, f"{self.name}: {done.err}"
        found: dict[str, Any] = json.loads(done.out.splitlines()[-1])
        return found

    def sql(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Ask this installation's database, as its owner."""
        assert self.lease.owner_url is not None
        with psycopg.connect(self.lease.owner_url, autocommit=True) as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def opened_house(name: str) -> Iterator[House]:
    """Give an installation with its server running; all of it is removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="undaunted-", dir="/tmp"))
    server = EmbeddedServer(folder / "var" / "postgres", folder / "var" / "secrets", durable=False)
    private_folder(server.places.folder)
    folder.joinpath("files").mkdir()
    try:
        copy_prepared(server.places.data)
        lease = server.open()
        try:
            assert lease.owner_url is not None
            with standing(_variables(folder), folder / "files") as process:
                house = House(name, folder, lease, process)
                house.told = house.inside("open", name=name, owner=lease.owner_url)
                yield house
        finally:
            lease.close()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _variables(folder: Path) -> dict[str, str]:
    """Give what an operator sets; nothing of these tests' own database is among it."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("UNDAUNTED_")}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    root = str(Path(__file__).parents[2])
    return ours | {
        "UNDAUNTED_VAR": str(folder / "var"),
        "UNDAUNTED_PROFILE": "production",
        "UNDAUNTED_ORIGIN": "https://undaunted.example",
        "UNDAUNTED_ALLOWED_HOSTS": "undaunted.example",
        "UNDAUNTED_SECRET_KEY": random_hex(),
        "UNDAUNTED_SESSION_BINDING_KEY": random_hex(),
        "PYTHONPATH": os.pathsep.join([f"{root}/src", root]),
        "COLUMNS": "200",
    }
