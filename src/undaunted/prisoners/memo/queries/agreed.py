"""Who may be in a memo, and how much of them: every case is a question to consent.

Whoever takes back one agreement to be in memos is in none of them, public or restricted, until
somebody agrees anew: nobody has to know which of two papers carried which memo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.core.consent.queries import (
    agreement,
    grant_rows_for,
    objections_for,
    subjects_agreed,
)
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    FieldGroup,
    IdentityLevel,
    Purpose,
    highest_level,
    permits,
)
from undaunted.prisoners.registry.queries.named import cases_agreed_to
from undaunted.prisoners.registry.queries.published import published_for
from undaunted.prisoners.registry.queries.received import holds_received
from undaunted.prisoners.registry.queries.records import (
    case_file,
    cases_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import Grant as GrantRow
    from undaunted.core.consent.rules import Audience
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["AgreedCase", "agreed_case", "agreed_cases", "cases_to_ask_about"]

MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class AgreedCase:
    """A case that a memo for one audience may show: how much of it, on which agreements."""

    file: CaseFile
    published: Any
    """What the public registry says of it; None where it says nothing."""
    identity: IdentityLevel
    groups: frozenset[FieldGroup]
    consents: frozenset[str]
    quiet: bool
    """The family asked for quiet diplomacy: never in public."""

    @property
    def subjects(self) -> frozenset[UUID]:
        """Everybody whose withdrawal ends a memo that shows this case."""
        return frozenset(one.pk for one in self.file.members) | {self.file.party.canonical}


def agreed_cases(  # noqa: PLR0913 - whose, where, for whom, on which day, who leads
    actor: Actor,
    *,
    holder: UUID,
    country: str,
    audience: Audience,
    on: date,
    first: Iterable[UUID] = (),
) -> Iterator[AgreedCase]:
    """Give the cases of a country that `holder` keeps and that this audience may be shown.

    Those named in `first` lead; the others follow by the newest agreement. Each is looked up when
    it is asked for, so that whoever needs five looks at few.
    """
    agreed = subjects_agreed(actor, Purpose.MEMO, most=MOST_LOOKED_AT)
    rows = cases_for(actor, country=country).filter(pk__in=agreed, holder=holder)
    there = {row.pk: row.canonical for row in rows}
    leading = [one for one in first if one in there]
    seen: set[UUID] = set()
    for party in [*leading, *(one for one in agreed if one in there)]:
        if there[party] in seen:
            continue
        seen.add(there[party])
        if found := agreed_case(actor, party, holder=holder, audience=audience, on=on):
            yield found


def cases_to_ask_about(actor: Actor) -> list[tuple[UUID, str, str]]:
    """Give the cases that somebody agreed may be in memos: id, country, name at the desk."""
    return cases_agreed_to(actor, Purpose.MEMO)


def agreed_case(
    actor: Actor, party: UUID, *, holder: UUID, audience: Audience, on: date
) -> AgreedCase | None:
    """Give what a memo for this audience may show of a person on a day; None where nothing."""
    file = case_file(actor, party)
    if file is None or holds_received(actor, [file.party.canonical]):
        return None
    asked = _Asked(actor, file, holder=holder, audience=audience, on=on)
    identity = asked.level(FieldGroup.IDENTITY)
    if identity < IdentityLevel.CODE or asked.level(FieldGroup.DETENTION) < IdentityLevel.CODE:
        return None
    published = published_for(actor, file.party.canonical)
    if audience == PUBLIC_AUDIENCE and (published is None or asked.quiet):
        return None
    groups = frozenset(group for group in FieldGroup if asked.level(group) >= IdentityLevel.CODE)
    return AgreedCase(file, published, identity, groups, frozenset(asked.consents), asked.quiet)


class _Asked:
    """Consent to memos about one person, for one audience on one day."""

    def __init__(
        self, actor: Actor, file: CaseFile, *, holder: UUID, audience: Audience, on: date
    ) -> None:
        ours = {one.pk for one in file.members if one.holder == holder}
        everybody = [one.pk for one in file.members]
        rows = list(grant_rows_for(actor, everybody))
        self._on = on
        self._grants = [agreement(row) for row in _standing(rows) if row.subject in ours]
        self._use = {
            "purpose": Purpose.MEMO,
            "audience": audience,
            "on": on,
            "origin_states": file.feared(holder),
            "objections": [each for one in everybody for each in objections_for(actor, one)],
        }
        self.quiet = any(self._is_quiet(row) for row in rows)
        self.consents: set[str] = set()

    def level(self, group: FieldGroup) -> IdentityLevel:
        """Give how much may be told of a part, and remember the agreement that it rests on."""
        found = highest_level(self._grants, field_group=group, **self._use)  # type: ignore[arg-type]
        answer = permits(self._grants, field_group=group, level=found, **self._use)  # type: ignore[arg-type]
        if answer.by_which_grant is not None:
            self.consents.add(answer.by_which_grant)
        return found

    def _is_quiet(self, row: GrantRow) -> bool:
        wanted = row.purpose == Purpose.QUIET_DIPLOMACY.value and row.revoked_at is None
        return wanted and row.given_on <= self._on < row.until


def _standing(rows: list[GrantRow]) -> list[GrantRow]:
    """Leave out what was agreed to before somebody took an agreement to memos back."""
    ours = [row for row in rows if row.purpose == Purpose.MEMO.value]
    ends = [row.revoked_at for row in ours if row.revoked_at is not None]
    last = max(ends, default=None)
    return [
        row for row in ours if last is None or row.revoked_at is not None or row.recorded_at > last
    ]
