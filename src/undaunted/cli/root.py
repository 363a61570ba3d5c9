"""The `undaunted` command. Starts fast: Django is loaded only by commands that need it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from undaunted.cli.census import commands as census_commands
from undaunted.cli.database import commands as database_commands
from undaunted.cli.faults import plain_faults
from undaunted.cli.keys import commands as keys_commands
from undaunted.cli.names import commands as names_commands
from undaunted.cli.organisation import commands as organisation_commands
from undaunted.cli.ownership import commands as ownership_commands
from undaunted.cli.session import refusals, session
from undaunted.cli.trade import commands as trade_commands

__all__ = ["SUBJECTS", "Subject", "app", "main"]


@dataclass(frozen=True)
class Subject:
    """The commands of one subject, loaded when called."""

    name: str
    module: str
    purpose: str
    without_database: frozenset[str] = frozenset()
    mends_ledger: frozenset[str] = frozenset()
    """Commands that work on the ledger of withdrawals, even where nothing may be served."""


SUBJECTS: tuple[Subject, ...] = (
    Subject("accounts", "undaunted.core.accounts.commands", "Tokens, and rights by two people."),
    Subject("audit", "undaunted.core.audit.commands", "The chained record of who did what."),
    Subject(
        "campaign",
        "undaunted.prisoners.campaigns.commands",
        "Campaigns: cases and modes, adopters, who raised whom with what reply.",
        without_database=frozenset({"occasions"}),
    ),
    Subject(
        "clocks",
        "undaunted.core.clocks.commands",
        "Deadlines of law and of service, explained step by step.",
        without_database=frozenset({"rules", "due"}),
    ),
    Subject(
        "commitments",
        "undaunted.core.commitments.commands",
        "Commitments of states: boards on a day, histories, statements in and out, decided.",
        without_database=frozenset({"list", "check"}),
    ),
    Subject(
        "consent",
        "undaunted.core.consent.commands",
        "What consent has changed, who has dealt with it, and the ledger of withdrawals.",
        mends_ledger=frozenset({"ledger"}),
    ),
    Subject(
        "coordination",
        "undaunted.repression.coordination.commands",
        "Proposals of sanctions, joint announcements, court cases, petitions; what ends when.",
        without_database=frozenset({"renewals"}),
    ),
    Subject(
        "dossiers",
        "undaunted.repression.dossiers.commands",
        "Dossiers on those responsible: listed, tested under laws, submitted.",
    ),
    Subject(
        "edition",
        "undaunted.core.editions.commands",
        "Frozen publications: built, listed, checked.",
        without_database=frozenset({"kinds", "verify"}),
    ),
    Subject(
        "evidence",
        "undaunted.core.evidence.commands",
        "Documents: sealing an original, time stamps.",
    ),
    Subject(
        "exposure",
        "undaunted.coercion.exposure.commands",
        "Files of flows that an organisation keeps: brought, tested, asked about an episode.",
    ),
    Subject(
        "instruments",
        "undaunted.coercion.instruments.commands",
        "Proceedings against economic coercion: opened, assessed, stepped, published.",
        without_database=frozenset({"request", "check", "compare", "kit"}),
    ),
    Subject(
        "intake",
        "undaunted.core.intake.commands",
        "The offline form, and what it has saved.",
        without_database=frozenset({"verify"}),
    ),
    Subject(
        "memo",
        "undaunted.prisoners.memo.commands",
        "Briefing memos: built, listed, built anew; the texts they print.",
    ),
    Subject(
        "practices",
        "undaunted.core.practices.commands",
        "The library of practices: listed, shown, checked, loaded, accepted.",
        without_database=frozenset({"check"}),
    ),
    Subject(
        "registry",
        "undaunted.prisoners.registry.commands",
        "People deprived of their liberty: count, search, import, export.",
        without_database=frozenset({"mapping"}),
    ),
    Subject(
        "report",
        "undaunted.prisoners.report.commands",
        "The annual report: its texts, built, and each of its numbers traced to its query.",
    ),
    Subject(
        "response",
        "undaunted.coercion.response.commands",
        "Responses to coercion: compacts, episodes, invocations, pledges, votes.",
        without_database=frozenset({"episodes", "check"}),
    ),
    Subject(
        "sanctions",
        "undaunted.cli.sanctions",
        "Lists of sanctions and counter-sanctions: loaded, compared, matched, screened.",
        without_database=frozenset(
            {"sources", "check", "authorities", "authority", "test", "model-law"}
        ),
    ),
    Subject(
        "screening",
        "undaunted.coercion.screening.commands",
        "Screening of investments: which law applies to a deal; cases, critical assets and owners.",
        without_database=frozenset({"calendar", "regimes", "scope", "sectors"}),
    ),
    Subject(
        "share",
        "undaunted.core.sharing.commands",
        "Packages to and from partners: sealed, signed, taken in, verified.",
        without_database=frozenset({"verify"}),
    ),
    Subject("vault", "undaunted.core.vault.commands", "Keys, teams and the recovery of keys."),
)
"""One line for each subject with a `commands.py` that holds `commands: typer.Typer`."""

app = typer.Typer(
    name="undaunted",
    help="People deprived of their liberty, documented: imported, assessed, counted, published.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(census_commands, name="census")
app.add_typer(database_commands, name="database")
app.add_typer(keys_commands, name="keys")
app.add_typer(names_commands, name="names")
app.add_typer(organisation_commands, name="organisation")
app.add_typer(ownership_commands, name="ownership")
app.add_typer(trade_commands, name="trade")

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        help="Owner's address of a PostgreSQL server that you run. Better in DATABASE_URL, where "
        "other users of this machine cannot read it.",
        show_default=False,
    ),
]


@app.callback()
def root(
    context: typer.Context,
    as_user: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="USER", help="Act as this user; asks passphrase and second factor."
        ),
    ] = None,
) -> None:
    """Keep who acts; without --as, commands act as the public."""
    context.obj = as_user


@app.command()
def run(
    database_url: DatabaseUrl = None,
    bind: Annotated[
        str | None, typer.Option(help="Where to listen; 127.0.0.1:8000 unless set.")
    ] = None,
) -> None:
    """Run database, web server and worker until Ctrl-C."""
    with refusals():
        if bind:
            os.environ["UNDAUNTED_BIND"] = bind
        from undaunted.cli.names_compiled import compiled_beside  # noqa: PLC0415 - starts faster
        from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster
        from undaunted.config.supervisor import run as run_all  # noqa: PLC0415 - starts faster

        url = database_url or os.environ.pop("DATABASE_URL", None)
        environment = read_environment()
        with compiled_beside():
            status = run_all(environment, url, say=_say)
        raise typer.Exit(status)


@app.command()
def migrate(database_url: DatabaseUrl = None) -> None:
    """Bring the database to the state this version needs, as its owner."""
    with refusals():
        from undaunted.config.database import open_database  # noqa: PLC0415 - starts faster
        from undaunted.config.environment import read_environment  # noqa: PLC0415 - starts faster

        url = database_url or os.environ.pop("DATABASE_URL", None)
        open_database(read_environment(), url, say=_say).close()
        _say("The database is as this version needs it.")


def main() -> None:
    """Run the command; what is wrong with its words is told in sentences of the house."""
    with plain_faults():
        _end(app(standalone_mode=False))


def _end(status: object) -> None:
    """End with the status that a command ended with; what it gave besides is no status."""
    if type(status) is int and status:
        raise SystemExit(status)


def _mount(subject: Subject) -> None:
    @app.command(
        subject.name,
        help=subject.purpose,
        context_settings={
            "allow_extra_args": True,
            "ignore_unknown_options": True,
            "help_option_names": [],
        },
        add_help_option=False,
    )
    def call(context: typer.Context) -> None:
        words = list(context.args)
        looks_only = not words or words[0] in subject.without_database
        if "--dry-run" in words:
            # Somebody who signs in and names a list sees what their desk has against it.
            looks_only = not (context.obj and any(one.startswith("--list") for one in words))
        asks_for_help = not words or not {"-h", "--help"}.isdisjoint(words)
        needed = not (looks_only or asks_for_help)
        settle = not words or words[0] not in subject.mends_ledger
        with (
            refusals(),
            session(context.obj, database=needed, settle=settle),
            plain_faults(of_files=True),
        ):
            commands: typer.Typer = import_module(subject.module).commands
            name = f"undaunted {subject.name}"
            _end(commands(words or ["--help"], prog_name=name, standalone_mode=False))


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201 - the command's voice


for each in SUBJECTS:
    _mount(each)


if __name__ == "__main__":
    sys.argv[0] = str(Path(sys.argv[0]).with_name("undaunted"))
    main()
