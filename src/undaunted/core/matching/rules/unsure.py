"""Names of which a search says nothing, by the engine of names itself, with the reason.

One name that is compared says nothing of the others that somebody bears: each is told. Nothing here
is kept: a reason holds no name, and who bears which is read from the file when it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.listings.rules import Kind
from undaunted.engines.names import Kind as NameKind
from undaunted.engines.names import NameRefused, is_heard, is_heard_in_part, prepare, refusal_of

if TYPE_CHECKING:
    from undaunted.core.matching.rules.forms import Form

__all__ = ["kinds_of", "unsure_names"]

_UNREAD = "its letters are compared with the same letters alone; look for it by hand"
_IN_PART = "its letters are read in one way of several; look by hand for its other spellings"
"""Of whom another name is heard, that one is searched: this says nothing new then."""


def kinds_of(kind: str) -> tuple[NameKind, ...]:
    """Give how names of a kind are compared: a ship's like an organisation's.

    Whose kind nobody told may be a person as well as a body, and is compared as either.
    """
    if kind == Kind.OTHER:
        return NameKind.PERSON, NameKind.ORGANISATION
    return (NameKind.PERSON if kind == Kind.PERSON else NameKind.ORGANISATION,)


def unsure_names(form: Form) -> dict[str, str]:
    """Give each name that is not one to search for, or not read in other letters, and why.

    Of letters that are read in one way alone it is told where somebody has no other name.
    """
    heard = any(map(is_heard, form.names))
    told = {name: _why(name, form.kind, heard=heard) for name in form.names}
    return {name: why for name, why in told.items() if why}


def _why(name: str, kind: str, *, heard: bool) -> str:
    """Say why a name is refused in every way in which its kind is compared; "" for none.

    `heard` says that another name of the same bearer is.
    """
    refused = [_refused(name, each) for each in kinds_of(kind)]
    if all(refused):
        return refused[0]
    if is_heard_in_part(name):
        return "" if heard else _IN_PART
    return "" if is_heard(name) else _UNREAD


def _refused(name: str, kind: NameKind) -> str:
    try:
        return refusal_of(prepare(name, kind))
    except NameRefused as refusal:
        return str(refusal)
