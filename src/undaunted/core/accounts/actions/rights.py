"""Rights that somebody gets: proposed by one administrator of accounts, approved by another.

A new passphrase has two parts. The one who proposes is shown the first, the one who approves the
second, and the person needs both: neither of the two can sign in as somebody they enrolled.
"""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.accounts.models import User
from undaunted.core.accounts.queries import account_name, user_named
from undaunted.core.accounts.rules import NAME_LENGTH, RightsRefused
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor, Role
    from undaunted.core.accounts.models import Membership, Organisation, RightsProposal

__all__ = ["approve_rights", "decline_rights", "propose_renewal", "propose_role"]


def propose_role(
    username: str, organisation: Organisation, role: Role, *, actor: Actor, at: datetime
) -> tuple[UUID, str]:
    """Propose a role for somebody; a user name that nobody has is a new person.

    Gives the proposal and the first part of the new person's passphrase, "" for a known one. It is
    in force when another administrator of the organisation approves it. Raises `RightsRefused`.
    """
    username = _valid(username)
    known = user_named(username)
    whose, first = (known.pk, "") if known else (None, _part())
    return _propose(
        "role", organisation.pk, whose, username, role=role, first=first, actor=actor, at=at
    )


def propose_renewal(member: Membership, *, actor: Actor, at: datetime) -> tuple[UUID, str]:
    """Propose another passphrase for somebody who lost a factor; gives its first part.

    Until another administrator approves it nothing changes for the person; then second factors,
    sessions and tokens end. Raises `RightsRefused`, also for somebody with a role in an
    organisation that the actor does not administer.
    """
    whose, name = member.user_id, account_name(actor, member.user_id)
    place = member.organisation_id
    return _propose("renewal", place, whose, name, role=None, first=_part(), actor=actor, at=at)


def approve_rights(proposal: RightsProposal, *, actor: Actor, at: datetime) -> str:
    """Carry out what another administrator proposed; gives the second part of a new passphrase.

    "" where the person keeps theirs. Raises `RightsRefused` unless the actor administers the
    organisation since before the proposal, did not make it, is not whom it is about, and neither of
    the two proposed the other as an administrator. The database holds all of this.
    """
    refused = ask_discreetly("SELECT account_refuses_approval(%s)", [proposal.pk])[0][0]
    if refused:
        raise RightsRefused(refused)
    second = _part() if proposal.part else ""
    hashed = make_password(_opened(proposal.part) + second) if second else ""
    whose = ask_discreetly("SELECT account_approve(%s, %s)", [proposal.pk, hashed])[0][0]
    if whose is None:
        raise RightsRefused("answered")
    told = {
        "proposal": str(proposal.pk),
        "kind": proposal.kind,
        "organisation": str(proposal.organisation_id),
        "role": proposal.role,
        "proposed_by": str(proposal.proposed_by),
    }
    _record("rights.approved", whose, actor, at, told)
    return second


def decline_rights(proposal: RightsProposal, *, actor: Actor, at: datetime) -> None:
    """End a proposal: withdrawn by whoever made it, declined by any other administrator."""
    if not ask_discreetly("SELECT account_decline(%s)", [proposal.pk])[0][0]:
        raise RightsRefused("answered")
    _record("rights.declined", proposal.pk, actor, at, {"kind": proposal.kind})


def _propose(  # noqa: PLR0913  (what, where, for whom, under which name, as what)
    kind: str,
    place: UUID,
    whose: UUID | None,
    username: str,
    *,
    role: Role | None,
    first: str,
    actor: Actor,
    at: datetime,
) -> tuple[UUID, str]:
    wanted = str(role or "")
    asked = [kind, place, whose, username, wanted]
    refused = ask_discreetly("SELECT account_refuses_proposal(%s, %s, %s, %s, %s)", asked)[0][0]
    if refused:
        raise RightsRefused(refused)
    sealed = _box().encrypt(first.encode()).decode() if first else ""
    made = ask_discreetly("SELECT account_propose(%s, %s, %s, %s, %s, %s)", [*asked, sealed])[0][0]
    if made is None:
        raise RightsRefused("waiting")
    told = {"kind": kind, "organisation": str(place), "role": wanted}
    _record("rights.proposed", made, actor, at, told | ({"person": str(whose)} if whose else {}))
    return made, first


def _valid(username: str) -> str:
    given = User.normalize_username(username.strip())
    try:
        UnicodeUsernameValidator()(given)
    except ValidationError:
        raise RightsRefused("name") from None
    if len(given) > NAME_LENGTH:
        raise RightsRefused("name")
    return given


def _part() -> str:
    return secrets.token_urlsafe(12)


def _opened(part: str) -> str:
    return _box().decrypt(part.encode()).decode()


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"undaunted first part")
    return Fernet(base64.urlsafe_b64encode(key.derive(settings.SECRET_KEY.encode())))


def _record(verb: str, what: UUID, actor: Actor, at: datetime, told: Mapping[str, object]) -> None:
    kind = "user" if verb == "rights.approved" else "rights_proposal"
    record_entry(verb, actor=actor, subject_kind=kind, subject_id=what, at=at, detail=told)
