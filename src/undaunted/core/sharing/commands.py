"""Commands over packages: `verify` needs no database, the others act for whoever signed in."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import AccessError, Forbidden, actor_from
from undaunted.core.consent.rules import Purpose  # noqa: TC001 - typer reads the annotations
from undaunted.core.sharing.actions import (
    Wanted,
    hand_over_copy,
    hand_over_receipt,
    hand_over_takedown,
    kinds,
    make_own_keys,
    propose_parcel,
    record_partner,
    seal_parcel,
    take_in,
    verify_partner,
)
from undaunted.core.sharing.models import Arrival, Slip
from undaunted.core.sharing.queries import (
    copies_of,
    copy_for,
    key_pairs_for,
    parcel_for,
    partner_for,
    partners_for,
    slips_outstanding,
    taken_back_for,
)
from undaunted.core.sharing.readers import MOST_SEALED, check_sender, read_package
from undaunted.core.sharing.rules import (
    AltogetherTooLarge,
    ItemRefused,
    PackageUnreadable,
    PartnerKind,
    ShareRefused,
    StepRefused,
    fingerprint,
    pap_of,
    scheme,
    tlp_of,
)
from undaunted.core.vault.actions import open_abroad, open_at_terminal
from undaunted.core.vault.rules import AGE, VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Copy
    from undaunted.core.sharing.readers import Package
    from undaunted.core.vault.rules import OpenKey

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(
    help="Packages to and from partners.", no_args_is_help=True, add_completion=False
)
keys = typer.Typer(help="Your organisation's keys for sharing.", no_args_is_help=True)
partner = typer.Typer(help="Who packages go to and come from.", no_args_is_help=True)
commands.add_typer(keys, name="keys")
commands.add_typer(partner, name="partner")

Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
Out = Annotated[Path, typer.Option(help="Folder to write into; files there are never overwritten.")]


@keys.command("make")
def make(
    holder: Holder,
    team: Annotated[UUID, typer.Argument(help="Team whose members may sign and receive.")],
    name: Annotated[str, typer.Argument(help="How partners see your organisation.")],
) -> None:
    """Make the keys by which your organisation signs and receives; earlier ones retire."""
    with _acting() as actor:
        made = make_own_keys(holder, team, name, actor=actor, at=timezone.now())
        _show_keys(made.name, made.signing_key, made.recipient, made.fingerprint)


@keys.command("show")
def show() -> None:
    """Show the public keys to give to partners, and the fingerprint to read out to them."""
    with _acting() as actor:
        for own in key_pairs_for(actor).filter(retired_at__isnull=True):
            _show_keys(own.name, own.signing_key, own.recipient, own.fingerprint)


@partner.command("add")
def add(  # noqa: PLR0913 - who it is, and its two keys
    holder: Holder,
    name: Annotated[str, typer.Argument(help="Name of the partner.")],
    *,
    kind: Annotated[PartnerKind, typer.Option(help="What the partner is.")],
    audience: Annotated[
        str, typer.Option(help="As whom consent counts it: organisation:ID or government:CC.")
    ],
    signing_key: Annotated[str, typer.Option(help="Its signing key, base64.")],
    recipient: Annotated[str, typer.Option(help="Its receiving key; begins with age1.")],
) -> None:
    """Record a partner; a second person compares its fingerprint before anything is shared."""
    with _acting() as actor:
        made = record_partner(
            holder,
            name=name,
            kind=kind,
            audience=audience,
            signing_key=signing_key,
            recipient=recipient,
            actor=actor,
            at=timezone.now(),
        )
        typer.echo(f"{made.pk}  {made.name}\n{made.fingerprint}")


@partner.command("verify")
def confirm(
    which: Annotated[UUID, typer.Argument(help="Id of the partner.")],
    read_out: Annotated[str, typer.Option("--fingerprint", help="As the partner read it out.")],
) -> None:
    """Confirm, as a second person, the fingerprint that the partner read out by another way."""
    with _acting() as actor:
        found = partner_for(actor, which)
        if found is None:
            raise Forbidden("there is no such partner for you")
        verify_partner(found, read_out, actor=actor, at=timezone.now())
        typer.echo(f"{found.name} is verified.")


@partner.command("list")
def partners() -> None:
    """List the partners of your organisations."""
    with _acting() as actor:
        for each in partners_for(actor):
            state = "ended" if each.ended_at else "verified" if each.verified_at else "not verified"
            typer.echo(f"{each.pk}  {each.name}  {each.kind}  {each.audience}  {state}")


@commands.command()
def propose(  # noqa: PLR0913 - what, to whom, how marked, what for, until when
    holder: Holder,
    *,
    item: Annotated[list[str], typer.Option(help="KIND:ID, for example registry.case:…")],
    to: Annotated[list[UUID] | None, typer.Option(help="Id of a partner; once for each.")] = None,
    circle: Annotated[list[UUID] | None, typer.Option(help="Id of a circle.")] = None,
    tlp: Annotated[str, typer.Option(help="Who may see it.")],
    pap: Annotated[str, typer.Option(help="What may be done with it.")],
    purpose: Annotated[Purpose, typer.Option(help="What it is for, as consent says.")],
    days: Annotated[int, typer.Option(help="After how many days it runs out.")] = 30,
    title: Annotated[str, typer.Option(help="For your own desk.")] = "",
) -> None:
    """Propose a package; a second person seals it with `share export`."""
    with _acting() as actor:
        at = timezone.now()
        request = Wanted(
            title=title,
            things=tuple(_thing(each) for each in item),
            partners=tuple(to or ()),
            circles=tuple(circle or ()),
            tlp=tlp_of(tlp),
            pap=pap_of(pap),
            purpose=purpose,
            expires_at=at + timedelta(days=days),
        )
        made = propose_parcel(holder, request, actor=actor, at=at)
        typer.echo(f"{made.pk}  proposed; a second person seals it")


@commands.command()
def export(
    parcel: Annotated[UUID, typer.Argument(help="Id of the proposed package.")],
    out: Out = Path(),
) -> None:
    """Seal a proposed package as the second person, and write each recipient's file."""
    refused = False
    with _acting() as actor:
        found = parcel_for(actor, parcel)
        if found is None:
            raise Forbidden("there is no such package for you")
        if found.state != "sealed":
            found = seal_parcel(found, key=_opened(actor), actor=actor, at=timezone.now())
        for copy in copies_of(actor, found):
            held = copy_for(actor, copy.pk)
            name = f"{copy.partner.name} {copy.sequence}"
            refused |= held is not None and not _hand_over(held, name, out, actor)
    if refused:
        raise typer.Exit(REFUSED)


def _hand_over(copy: Copy, name: str, out: Path, actor: Actor) -> bool:
    """Write one recipient's file; what may not be given any more stops no other recipient's."""
    try:
        content = hand_over_copy(copy, actor=actor, at=timezone.now())
    except (StepRefused, ItemRefused) as refusal:
        typer.echo(f"undaunted: {name}: {refusal}", err=True)
        return False
    _write(out, name, content)
    return True


@commands.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The file that arrived.", exists=True)],
    holder: Annotated[UUID, typer.Option(help="Id of your organisation.")],
    out: Out = Path(),
) -> None:
    """Take a file in: a package to review at the desk, a takedown, or a receipt."""
    with _acting() as actor:
        content = _read(file)
        taken = take_in(content, holder, key=_opened(actor), actor=actor, at=timezone.now())
        if isinstance(taken, Arrival):
            typer.echo(f"{taken.pk}  from {taken.partner.name}, TLP:{taken.tlp}; review it")
            if taken.missing:
                typer.echo(f"{taken.missing} earlier packages of this partner did not arrive.")
        elif isinstance(taken, Slip):
            typer.echo(f"Confirmed by {taken.copy.partner.name}: {taken.receipt}.")
        else:
            typer.echo(f"Taken back by {taken.partner.name}: {taken.outcome}. Send the receipt.")
            content = hand_over_receipt(taken, actor=actor, at=timezone.now())
            _write(out, f"receipt {taken.partner.name} {str(taken.pk)[:8]}", content)


@commands.command()
def notices(out: Out = Path()) -> None:
    """Write the takedowns that partners have not confirmed, and the receipts they wait for."""
    with _acting() as actor:
        for slip in slips_outstanding(actor):
            name = slip.copy.partner.name
            typer.echo(f"{name}: {slip.why} on {slip.released_at:%Y-%m-%d}")
            content = hand_over_takedown(slip, actor=actor, at=timezone.now())
            _write(out, f"takedown {name} {str(slip.pk)[:8]}", content)
        for taken in taken_back_for(actor):
            content = hand_over_receipt(taken, actor=actor, at=timezone.now())
            _write(out, f"receipt {taken.partner.name} {str(taken.pk)[:8]}", content)


@commands.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A package, sealed, or opened with age -d.")],
    key: Annotated[str, typer.Option(help="Fingerprint of the sender, as you compared it.")],
    identity: Annotated[
        Path | None, typer.Option(help="File with the age identity that opens it.")
    ] = None,
) -> None:
    """Check a package without a database: signature, sender, and every checksum."""
    with _refusals():
        package = _package(_read(file), identity)
        check_sender(package, key)
        for line in _told(package):
            typer.echo(line)


def _package(content: bytes, identity: Path | None) -> Package:
    if content.startswith(AGE):
        if identity is None:
            raise PackageUnreadable("it is sealed: give --identity, or open it with age -d first")
        secret = [
            line for line in identity.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
        ]
        content = open_abroad(content, "\n".join(secret))
    return read_package(content)


def _told(package: Package) -> Iterator[str]:
    told = package.manifest
    yield f"Good: signed by {told.from_name}, made out to {told.to_name}."
    yield f"sender      {fingerprint(told.from_key, told.from_recipient)}"
    yield f"kind        {told.kind.value}, number {told.sequence}"
    yield f"made, ends  {told.created:%Y-%m-%d %H:%M}, {told.expires:%Y-%m-%d %H:%M} UTC"
    yield f"TLP:{told.tlp}  {scheme('tlp').markings[told.tlp].sentence}"
    yield f"PAP:{told.pap}  {scheme('pap').markings[told.pap].sentence}"
    others = f" and {told.others} not named" if told.others else ""
    yield f"recipients  {', '.join(told.recipients)}{others}"
    for item in told.items:
        yield f"item        {item.kind} {item.id} {item.length} bytes {item.sha256}"


def _thing(text: str) -> tuple[str, UUID]:
    kind, _, thing = text.partition(":")
    try:
        return kind, UUID(thing)
    except ValueError:
        known = ", ".join(kinds())
        raise ItemRefused(f"item: {text!r}; write KIND:ID, with a kind of {known}") from None


def _read(file: Path) -> bytes:
    with file.open("rb") as source:
        content = source.read(MOST_SEALED + 1)
    if len(content) > MOST_SEALED:
        raise AltogetherTooLarge(f"the file has more than {MOST_SEALED} bytes")
    return content


def _write(out: Path, name: str, content: bytes) -> None:
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    place = out / f"{plain}.age"
    try:
        with place.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ShareRefused(
            f"{place} is there already; move it away or name another --out"
        ) from None
    typer.echo(f"written: {place}")


def _opened(actor: Actor) -> OpenKey:
    passphrase: str = typer.prompt("Passphrase of your key", hide_input=True)
    return open_at_terminal(passphrase, actor=actor, at=timezone.now())


def _show_keys(name: str, signing_key: str, recipient: str, print_: str) -> None:
    typer.echo(f"{name}\nsigning key    {signing_key}\nreceiving key  {recipient}")
    typer.echo(f"fingerprint    {print_}")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (ShareRefused, VaultError, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        if actor.is_public:
            raise Forbidden("sign in first: undaunted --as USER share …")
        yield actor
