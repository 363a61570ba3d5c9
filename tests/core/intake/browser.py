"""What the script on our pages makes in a browser, made here: sealed boxes, drafts and files."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from undaunted.core.intake.actions.drafts import NOBODY
from undaunted.core.intake.rules import (
    ANSWERS,
    DRAFT,
    FILE,
    VERSION,
    Answers,
    Draft,
    Receipt,
    draw_receipt,
    write_answers,
    write_draft,
)
from undaunted.core.vault.rules import KEY_KIND, KEY_VERSION, Binding, identity_from, new_identity
from undaunted.core.vault.writers import sealed, sealed_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Team", "box_of", "draft_of", "file_of", "text_of"]


@dataclass(frozen=True)
class Team:
    """What a page tells of a team: its numbers and its public keys."""

    id: UUID
    holder: UUID
    recipients: tuple[str, ...]


def text_of(envelope: bytes) -> str:
    """Give bytes as they travel in JSON."""
    return base64.b64encode(envelope).decode()


def box_of(team: Team, answers: Answers) -> tuple[Receipt, dict[str, Any]]:
    """Seal answers; gives the receipt and what is sent."""
    receipt, record, own = draw_receipt(), uuid4(), new_identity()
    envelope = sealed(
        write_answers(answers),
        Binding(team.holder, record, ANSWERS, VERSION, 1),
        [str(own.to_public())],
    )
    box = {
        "record": str(record),
        "door": answers.door.value,
        "danger": answers.danger.value,
        "lookup": receipt.lookup.hex(),
        "recipient": str(identity_from(receipt.secret).to_public()),
        "record_recipient": str(own.to_public()),
        "sealed_key": _key(own, team.holder, record, team.recipients),
        "envelope": text_of(envelope),
    }
    return receipt, {"team": str(team.id), "mailboxes": [box]}


def file_of(
    content: bytes, holder: UUID, recipients: Iterable[str], lookup: bytes
) -> tuple[bytes, dict[str, Any]]:
    """Seal a file; gives the envelope and what is stated of it in the end."""
    record, own, held = uuid4(), new_identity(), BytesIO()
    bound = Binding(holder, record, FILE, VERSION, 1)
    sealed_stream(BytesIO(content), held, bound, [str(own.to_public())], length=len(content))
    told = {
        "lookup": lookup.hex(),
        "record": str(record),
        "record_recipient": str(own.to_public()),
        "sealed_key": _key(own, holder, record, recipients),
        "size": len(held.getvalue()),
        "digest": hashlib.sha256(held.getvalue()).hexdigest(),
    }
    return held.getvalue(), told


def draft_of(draft: Draft, receipt: Receipt) -> bytes:
    """Seal a draft to its receipt."""
    bound = Binding(NOBODY, UUID(bytes=receipt.lookup[:16]), DRAFT, VERSION, 1)
    return sealed(write_draft(draft), bound, [str(identity_from(receipt.secret).to_public())])


def _key(own: Any, holder: UUID, record: UUID, recipients: Iterable[str]) -> str:
    bound = Binding(holder, record, KEY_KIND, KEY_VERSION, 1)
    return text_of(sealed(str(own).encode(), bound, recipients, key=True))
