"""Two organisations that know each other, and a file on its way, for attacks on sharing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.sharing.factories import (
    Instance,
    befriend,
    case_of,
    consented,
    make_instance,
    sealed,
    wanted,
)
from undaunted.core.consent.rules import Purpose
from undaunted.core.sharing.actions import (
    accept_item,
    take_in,
)
from undaunted.core.sharing.actions.keys import open_own_keys
from undaunted.core.sharing.models import (
    ArrivalItem,
    Partner,
)
from undaunted.core.sharing.rules import (
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package
from undaunted.core.vault.actions import seal_abroad

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.actors.models import Party
    from undaunted.core.sharing.actions.keys import Secrets
    from undaunted.core.sharing.rules import Manifest

__all__ = ["Scene", "accepted", "make_scene"]


@dataclass
class Scene:
    """Two organisations that know each other, a case, and a file on its way."""

    ours: Instance
    theirs: Instance
    partner: Partner
    party: Party
    file: bytes

    def take(self, file: bytes, *, into: Instance | None = None) -> Any:
        """Take a file in as the steward there."""
        there = into or self.theirs
        with there.office.steward.acting() as actor:
            return take_in(
                file, there.holder, key=there.office.steward.key, actor=actor, at=timezone.now()
            )

    def secrets(self, of: Instance) -> Secrets:
        """Open somebody's keys, as a thief of them would have them."""
        with of.office.steward.acting() as actor:
            return open_own_keys(of.own, key=of.office.steward.key, actor=actor, at=timezone.now())

    def forged(self, told: Manifest, seed: bytes, *contents: bytes) -> bytes:
        """Give a file that says `told`, signed with `seed`, sealed to the recipient."""
        signed = write_manifest(told)
        package = write_package(signed, sign(seed, signed), contents)
        return seal_abroad(package, [self.theirs.own.recipient])


def make_scene(owner_sql: Any, **terms: Any) -> Scene:
    """Make both, their keys, a case that may be shared, and its file sealed under these terms."""
    ours, theirs = make_instance(owner_sql, "Harbour Watch"), make_instance(owner_sql, "Lantern")
    partner = befriend(ours, theirs)
    befriend(theirs, ours, audience="organisation:harbour-watch")
    party = case_of(ours)
    consented(ours, party, purpose=terms.get("purpose", Purpose.CAMPAIGN))
    _, (file,) = sealed(ours, wanted(party.pk, partners=(partner.pk,), **terms))
    return Scene(ours, theirs, partner, party, file)


def accepted(scene: Scene) -> UUID:
    """Take the file in and accept its item; gives the record that came of it."""
    arrival = scene.take(scene.file)
    steward = scene.theirs.office.steward
    with steward.acting() as actor:
        item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        made = accept_item(item, key=steward.key, actor=actor, at=timezone.now())
    return made[0].subject
