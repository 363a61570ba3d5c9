"""Commands of intake: making the offline form, and taking in what it has saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID  # noqa: TC003  (typer reads the annotations)

import typer
from django.conf import settings
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import AnotherTeam, HandedInBefore, take_handed
from undaunted.core.intake.forms.kit import kit_document, kit_secret
from undaunted.core.intake.queries import receiving_teams
from undaunted.core.intake.readers import LARGEST, SealedUnreadable
from undaunted.core.intake.rules import fingerprint_of, public_pem, sign_kit, verify_kit
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import INTAKE, VaultError

__all__ = ["commands"]

REFUSED = 2
commands = typer.Typer(
    help="The offline form, and what it has saved.", no_args_is_help=True, add_completion=False
)
Form = Annotated[Path, typer.Argument(help="The form, an HTML file; its signature ends in .sig.")]


@commands.command("kit")
def kit(
    out: Annotated[Path, typer.Argument(help="Where to write the form, for example form.html.")],
    team: Annotated[
        UUID | None, typer.Option(help="To whom it seals; the oldest team that receives.")
    ] = None,
    language: Annotated[str, typer.Option(help="Its language, for example ar.")] = "en",
) -> None:
    """Write the offline form, its signature and the public key, and print the fingerprint."""
    spoken = [code for code, _ in settings.LANGUAGES]
    if language not in spoken:
        _refuse(f"--language {language}: the form speaks {', '.join(spoken)}")
    chosen = next((each for each in receiving_teams(PUBLIC) if team in {None, each.id}), None)
    if chosen is None:
        _refuse("--team: no such team receives from outside; see `undaunted vault team list`")
    keys = team_keys(PUBLIC, chosen.id, door=INTAKE)
    content = kit_document(chosen.id, keys, chosen.organisation, language=language)
    out.write_bytes(content)
    _beside(out, ".sig").write_bytes(sign_kit(content, kit_secret()))
    _beside(out, ".pub").write_bytes(public_pem(kit_secret()))
    typer.echo(f"{out} seals to {chosen.organisation}. Give it away together with {out.name}.sig.")
    typer.echo(f"Fingerprint of the key that signed it: {fingerprint_of(kit_secret())}")


@commands.command("verify")
def verify(form: Form) -> None:
    """Tell whether a form is exactly what this instance has signed."""
    try:
        content, signature = form.read_bytes(), _beside(form, ".sig").read_bytes()
    except OSError as problem:
        _refuse(f"{problem.filename}: {problem.strerror}")
    if not verify_kit(content, signature, kit_secret()):
        _refuse(f"{form}: it was changed, or another instance made it. Do not use it")
    typer.echo(f"{form} is as this instance has signed it.")


@commands.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Files that an offline form has saved.")],
) -> None:
    """Take in what offline forms have saved; each file wholly or not at all."""
    failed = 0
    for each in files:
        try:
            with each.open("rb") as source:
                number = take_handed(source.read(LARGEST + 1), at=timezone.now())
        except OSError as problem:
            told = f"{problem.strerror}"
        except HandedInBefore:
            told = "it was handed in before; nothing was taken a second time"
        except AnotherTeam:
            told = "it is sealed to a team that does not receive here; give it to its own"
        except SealedUnreadable as problem:
            told = f"{problem}; ask for the file again, it was damaged or is no file of the form"
        except VaultError as problem:
            told = f"{problem}; ask for the file again"
        else:
            typer.echo(f"{each}: taken in, {number} mailbox{'es' * (number > 1)}")
            continue
        failed += 1
        typer.echo(f"{each}: {told}", err=True)
    if failed:
        raise typer.Exit(REFUSED)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _refuse(told: str) -> NoReturn:
    typer.echo(f"undaunted: {told}", err=True)
    raise typer.Exit(REFUSED)
