"""Which agreement lets a case be shown in a mode: asked by the one function of consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    AudienceKind,
    FieldGroup,
    IdentityLevel,
    Permission,
    Purpose,
    Reason,
    highest_level,
    permits,
)
from undaunted.prisoners.campaigns.rules.terms import Channel, Mode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from undaunted.core.consent.rules import Grant, Objection

__all__ = ["audiences_named", "covered", "may_be_raised", "may_be_told", "shown_levels"]

NEEDED = {
    Mode.PUBLIC: (FieldGroup.IDENTITY, FieldGroup.DETENTION),
    Mode.PRIVATE_ONLY: (FieldGroup.IDENTITY,),
}
"""Parts of a record without which nothing could be asked for."""
PURPOSES = {Mode.PUBLIC: Purpose.CAMPAIGN, Mode.PRIVATE_ONLY: Purpose.QUIET_DIPLOMACY}


def covered(
    mode: Mode,
    grants: Iterable[Grant],
    *,
    on: date,
    origin_states: Collection[str] = (),
    objections: Iterable[Objection] = (),
) -> Permission:
    """Tell whether an agreement covers a mode on a day, and which.

    Public needs campaigns to the public. Private only needs quiet diplomacy to somebody who is
    named: a government is never the one that the person fears. Silent needs nothing.
    """
    if mode is Mode.SILENT:
        return Permission(allowed=True, by_which_grant=None, reason=Reason.GRANTED)
    held, objected = tuple(grants), tuple(objections)
    refused = Permission(allowed=False, by_which_grant=None, reason=Reason.NO_GRANT)
    for audience in _audiences(mode, held):
        found = [
            permits(
                held,
                purpose=PURPOSES[mode],
                audience=audience,
                field_group=group,
                level=IdentityLevel.CODE,
                on=on,
                origin_states=origin_states,
                objections=objected,
            )
            for group in NEEDED[mode]
        ]
        if all(found):
            return found[0]
        refused = next(one for one in found if not one)
    return refused


def shown_levels(
    mode: Mode,
    grants: Iterable[Grant],
    *,
    on: date,
    origin_states: Collection[str] = (),
    objections: Iterable[Objection] = (),
) -> dict[FieldGroup, IdentityLevel]:
    """Give how much of each part may be told in a mode; over named audiences the least."""
    held, objected = tuple(grants), tuple(objections)
    levels = {}
    for group in (FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION):
        found = [
            highest_level(
                held,
                purpose=PURPOSES[mode],
                audience=audience,
                field_group=group,
                on=on,
                origin_states=origin_states,
                objections=objected,
            )
            for audience in (_audiences(mode, held) if mode is not Mode.SILENT else ())
        ]
        levels[group] = min((level for level in found if level), default=IdentityLevel.NONE)
    return levels


def may_be_raised(mode: Mode, channel: Channel) -> bool:
    """Tell whether a case in this mode may be raised by this channel: silent by none."""
    if mode is Mode.SILENT:
        return False
    return mode is Mode.PUBLIC or channel is Channel.PRIVATE


def may_be_told(  # noqa: PLR0913 - of whom, by what, today, who would be told
    mode: Mode,
    grants: Iterable[Grant],
    *,
    on: date,
    country: str,
    names: Collection[str] = (),
    origin_states: Collection[str] = (),
    objections: Iterable[Objection] = (),
) -> bool:
    """Tell whether whoever would raise or adopt a case is among those whom the person named.

    That is asked in private only: people of a country by its government, an organisation or a body
    by one of its names. Without a country only names count. What is public is for everybody.
    """
    if mode is not Mode.PRIVATE_ONLY:
        return mode is Mode.PUBLIC
    held, objected = tuple(grants), tuple(objections)
    called = {name.strip().casefold() for name in names}
    asked = [Audience(AudienceKind.GOVERNMENT, country.upper())] if country else []
    asked += [
        each
        for each in audiences_named(held)
        if each.kind is not AudienceKind.GOVERNMENT and each.name.casefold() in called
    ]
    return any(
        permits(
            held,
            purpose=Purpose.QUIET_DIPLOMACY,
            audience=audience,
            field_group=FieldGroup.IDENTITY,
            level=IdentityLevel.CODE,
            on=on,
            origin_states=origin_states,
            objections=objected,
        )
        for audience in asked
    )


def audiences_named(grants: Iterable[Grant]) -> tuple[Audience, ...]:
    """Give whom quiet diplomacy was ever agreed with."""
    named = {
        audience
        for grant in grants
        if Purpose.QUIET_DIPLOMACY in grant.purposes
        for audience in grant.audiences
    }
    return tuple(sorted(named))


def _audiences(mode: Mode, grants: Collection[Grant]) -> tuple[Audience, ...]:
    return (PUBLIC_AUDIENCE,) if mode is Mode.PUBLIC else audiences_named(grants)
