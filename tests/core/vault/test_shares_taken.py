"""Shares as actions: who begins, who is shown what, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.core.accounts.factories import make_organisation, make_user
from tests.core.vault.factories import Colleague, make_colleague
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.vault.actions import (
    abandon_ceremony,
    begin_ceremony,
    hold_ceremony,
    rehearse_recovery,
    seal_for,
    show_share,
    take_share,
)
from undaunted.core.vault.queries import Holder, holder_named, own_share
from undaunted.core.vault.rules import (
    SHARE_KIND,
    NotForThisKey,
    NotTheQuorum,
    NotYourShare,
    SealRefused,
    SharesDisagree,
    UnvouchedRow,
    differing_words,
)

pytestmark = pytest.mark.usefixtures("ledger")


class Scene:
    """Two organisations with a holder each, and an administrator of the first."""

    def __init__(self, owner_sql: Any) -> None:
        self.houses = [make_organisation(owner_sql, name) for name in ("Archive", "Bar")]
        self.holders: list[Colleague] = [
            make_colleague(owner_sql, {house: [Role.READER]}) for house in self.houses
        ]
        self.clerk = make_user(owner_sql, {self.houses[0]: [Role.ADMINISTRATOR]})

    def named(self, actor: Any) -> list[Holder]:
        """Find both holders."""
        pairs = zip(self.houses, self.holders, strict=True)
        return [holder_named(actor, house, each.user.username) for house, each in pairs]

    def begin(self) -> None:
        """Begin a ceremony of two of two."""
        with acting_as(self.clerk) as actor:
            begin_ceremony(self.named(actor), 2, actor=actor, at=timezone.now())


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return Scene(owner_sql)


def test_only_an_administrator_begins_or_breaks_off(scene: Scene) -> None:
    with scene.holders[0].acting() as actor:
        with pytest.raises(Forbidden):
            begin_ceremony([], 2, actor=actor, at=timezone.now())
        with pytest.raises(Forbidden):
            abandon_ceremony(actor=actor, at=timezone.now())


def test_one_person_is_not_two_holders(scene: Scene) -> None:
    with acting_as(scene.clerk) as actor:
        first, second = scene.named(actor)
        twice = Holder(second.organisation, second.name, first.person, first.recipient)
        with pytest.raises(NotTheQuorum, match="two shares"):
            begin_ceremony([first, twice], 2, actor=actor, at=timezone.now())


def test_a_holders_key_put_there_by_hand_gets_no_share(scene: Scene, owner_sql: Any) -> None:
    owner_sql("UPDATE vault_publickey SET recipient = 'age1other'")
    with acting_as(scene.clerk) as actor, pytest.raises(UnvouchedRow):
        scene.named(actor)


def test_a_share_opens_with_its_holders_key_alone(scene: Scene, owner_sql: Any) -> None:
    scene.begin()
    first, second = scene.holders
    with first.acting() as actor:
        with pytest.raises(NotForThisKey, match="somebody else"):
            show_share(key=second.key, actor=actor, at=timezone.now())
        words = show_share(key=first.key, actor=actor, at=timezone.now())
        assert str(own_share(actor)) == "share 1"
        assert differing_words(words, words.upper()) == ()
        assert differing_words(words, words.rpartition(" ")[0]) == (33,)
    with second.acting() as actor, pytest.raises(NotYourShare, match="compare each"):
        take_share(words, actor=actor, at=timezone.now())
    owner_sql("UPDATE vault_share a SET sealed = b.sealed FROM vault_share b WHERE b.id <> a.id")
    with first.acting() as actor, pytest.raises(NotForThisKey):
        show_share(key=first.key, actor=actor, at=timezone.now())


def test_shares_of_an_earlier_ceremony_are_known_as_such(scene: Scene) -> None:
    with acting_as(scene.clerk) as actor:
        at = timezone.now()
        old = hold_ceremony(["One", "Two"], 2, actor=actor, at=at)
        hold_ceremony(["One", "Two"], 2, actor=actor, at=at)
        with pytest.raises(SharesDisagree, match="another ceremony"):
            rehearse_recovery([share for _, share in old.shares], actor=actor, at=at)


def test_a_room_cannot_seal_under_the_name_of_shares(scene: Scene, owner_sql: Any) -> None:
    with scene.holders[0].acting() as actor, pytest.raises(SealRefused, match="vault's own"):
        seal_for(
            scene.houses[0],
            scene.houses[1],
            b"x",
            kind=SHARE_KIND,
            version=1,
            actor=actor,
            at=timezone.now(),
        )
