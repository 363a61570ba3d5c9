"""Once consent has ended, no copy that was sealed before leaves the desk by any door."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from tests.attacks.sharing_scene import Scene, make_scene
from tests.core.accounts.factories import signed_in_client
from tests.core.sharing.factories import befriend, consented, make_instance, sealed, wanted
from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import open_identity
from undaunted.core.consent.actions import give_receipt, register_handler, withdraw_by_receipt
from undaunted.core.consent.models import Grant
from undaunted.core.consent.rules import IdentityLevel
from undaunted.core.sharing.actions import hand_over_copy, heed_news
from undaunted.core.sharing.commands import commands
from undaunted.core.sharing.models import Copy, Slip
from undaunted.core.sharing.rules import ItemRefused, StepRefused

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _withdraw(scene: Scene) -> None:
    """Take the agreement back as the person would: with the receipt, and without an account."""
    with scene.ours.office.caseworker.acting() as actor:
        grant = Grant.objects.get(subject=scene.party.pk)
        receipt = give_receipt([grant], actor=actor, at=timezone.now())
    assert withdraw_by_receipt(receipt.lookup, actor=PUBLIC, at=timezone.now()).grants


def _ask(scene: Scene) -> Any:
    with scene.ours.office.steward.acting():
        copy = Copy.objects.get()
    desk = signed_in_client(scene.ours.office.caseworker.user)
    return desk.post(f"/desk/sharing/copies/{copy.pk}/")


def test_a_copy_is_refused_and_destroyed_once_its_consent_was_withdrawn(
    scene: Scene, owner_sql: Any
) -> None:
    before = _ask(scene)
    assert before.content == scene.file
    _withdraw(scene)
    after = _ask(scene)
    assert after.status_code != 200
    assert "taken back" in after.content.decode()
    assert owner_sql("SELECT sealed, sha256 <> '' FROM sharing_copy") == [(None, True)]
    with scene.ours.office.steward.acting() as actor:
        assert Slip.objects.get().released_at is not None
        parcel = Copy.objects.select_related("parcel").get().parcel
        with pytest.raises(StepRefused, match="taken back"):
            hand_over_copy(Copy.objects.get(), actor=actor, at=timezone.now())
    desk = signed_in_client(scene.ours.office.caseworker.user)
    page = desk.get(f"/desk/sharing/packages/{parcel.pk}/")
    assert page.status_code == 200
    assert "Save the copy" not in page.content.decode()


def test_a_copy_is_refused_although_the_news_never_reached_the_part(
    scene: Scene, owner_sql: Any
) -> None:
    def broken(*_news: object, **_given: object) -> dict[str, int]:
        raise RuntimeError("unplugged")

    register_handler("sharing", broken)
    try:
        _withdraw(scene)
    finally:
        register_handler("sharing", heed_news)
    assert owner_sql("SELECT count(*) FROM sharing_copy WHERE sealed IS NOT NULL") == [(1,)]
    after = _ask(scene)
    assert after.status_code != 200
    assert "revoked" in after.content.decode()


def test_a_copy_made_under_a_wider_agreement_is_not_handed_out_under_a_narrower(
    scene: Scene, owner_sql: Any
) -> None:
    consented(scene.ours, scene.party, level=IdentityLevel.CODE)
    owner_sql("UPDATE consent_grant SET until = given_on + 1 WHERE level = 'name'")
    with scene.ours.office.steward.acting() as actor:
        copy = Copy.objects.get()
        with pytest.raises(ItemRefused, match="has changed"):
            hand_over_copy(copy, actor=actor, at=timezone.now())


def test_the_terminal_writes_only_what_may_still_be_given(
    scene: Scene, owner_sql: Any, tmp_path: Path
) -> None:
    third = make_instance(owner_sql, "Third")
    other = befriend(scene.ours, third, audience="organisation:third")
    consented(scene.ours, scene.party, audience="organisation:third")
    parcel, _files = sealed(
        scene.ours, wanted(scene.party.pk, partners=(scene.partner.pk, other.pk))
    )
    with scene.ours.office.caseworker.acting() as actor:
        grant = Grant.objects.get(subject=scene.party.pk, audience="organisation:third")
        receipt = give_receipt([grant], actor=actor, at=timezone.now())
    withdraw_by_receipt(receipt.lookup, actor=PUBLIC, at=timezone.now())
    token, until = "terminal of the steward", timezone.now() + timedelta(hours=1)
    steward = scene.ours.office.steward.user
    open_identity(token, user=steward, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        done = CliRunner().invoke(commands, ["export", str(parcel.pk), "--out", str(tmp_path)])
    finally:
        terminal_token.reset(held)
    assert done.exit_code == 2, done.output
    assert "taken back" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["Lantern-2.age"]
