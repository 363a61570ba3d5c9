"""What a partner sent is in a dossier's acts, texts and papers no longer than its package runs."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.attacks.sharing_scene import Scene, accepted, make_scene
from undaunted.core.actors.models import PartyName
from undaunted.core.consent.actions import news as outbox
from undaunted.core.consent.rules import Purpose
from undaunted.core.events.models import Act
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.models import Source
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.sharing.actions import end_arrival
from undaunted.core.sharing.models import Arrival, Kept
from undaunted.core.sharing.rules import Tlp
from undaunted.prisoners.registry.actions.sharing_in import NamesKept
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    add_act,
    add_annex,
    open_dossier,
)
from undaunted.repression.dossiers.queries import acts_in, dossier_for
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql, tlp=Tlp.CLEAR, purpose=Purpose.SANCTIONS_SUBMISSION)


def _in_a_dossier(scene: Scene, received: UUID) -> UUID:
    """Put what was done to a partner's person into a dossier whose summary names them."""
    office = scene.theirs.office
    with office.caseworker.acting() as actor:
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        (name, *_) = PartyName.objects.filter(party=received).values_list("text", flat=True)
        plan = DossierPlan("A detention (invented)", "XR", f"What was done to {name}.", team=[])
        dossier = open_dossier(office.holder, plan, **who)
        add_act(dossier, Act.objects.filter(victim=received)[0].claim, **who)
    return dossier.pk


def _run_out(scene: Scene, owner_sql: Any) -> None:
    owner_sql("UPDATE sharing_arrival SET expires_at = now() - interval '1 minute'")
    with scene.theirs.office.steward.acting() as actor:
        end_arrival(Arrival.objects.get(), actor=actor, at=timezone.now() + timedelta(seconds=1))


def _summary(scene: Scene, dossier: UUID) -> tuple[str, int]:
    with scene.theirs.office.caseworker.acting() as actor:
        held = dossier_for(actor, dossier)
        assert held
        return held.summary, len(list(acts_in(actor, held)))


def test_partners_record_that_ran_out_leaves_the_dossier_with_its_name(
    scene: Scene, owner_sql: Any
) -> None:
    received = accepted(scene)
    dossier = _in_a_dossier(scene, received)
    _run_out(scene, owner_sql)
    assert _summary(scene, dossier) == ("", 0)
    told = "SELECT kind FROM consent_news WHERE subject = %s"
    assert owner_sql(told, [received]) == [("given_up",)]


def test_who_reads_receipts_learns_not_that_dossiers_held_a_partners_record(
    scene: Scene, owner_sql: Any
) -> None:
    _in_a_dossier(scene, accepted(scene))
    _run_out(scene, owner_sql)
    told = owner_sql(
        "SELECT r.handler, r.done::text FROM consent_receipt r JOIN consent_news n"
        " ON n.id = r.news_id WHERE r.handler IN ('dossiers', 'sharing') AND n.kind = 'given_up'"
    )
    assert sorted(told) == [("dossiers", "{}"), ("sharing", "{}")]


@pytest.mark.parametrize("part", ["dossiers", "matching"])
def test_record_stays_until_whoever_finds_it_by_its_names_has_let_go_of_them(
    scene: Scene, owner_sql: Any, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Once the names are erased nobody would find them in what was typed."""
    received = accepted(scene)
    dossier = _in_a_dossier(scene, received)

    def broken(*_news: object, **_given: object) -> dict[str, int]:
        raise RuntimeError("unplugged")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_HANDLERS", {part: broken})
        with pytest.raises(NamesKept, match=part):
            _run_out(scene, owner_sql)
    names = "SELECT count(*) FROM actors_partyname WHERE party_id = %s"
    assert owner_sql(names, [received]) != [(0,)]
    assert owner_sql("SELECT count(*) FROM consent_news WHERE kind = 'given_up'") == [(0,)]
    assert _summary(scene, dossier)[1] == 1, "all or nothing"
    _run_out(scene, owner_sql)
    assert owner_sql(names, [received]) == [(0,)]
    assert _summary(scene, dossier) == ("", 0)


def test_what_a_partner_sent_goes_along_with_no_dossier(scene: Scene) -> None:
    dossier = _in_a_dossier(scene, accepted(scene))
    office = scene.theirs.office
    with office.caseworker.acting() as actor:
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        held = dossier_for(actor, dossier)
        assert held
        theirs = Source.objects.get(pk=Kept.objects.get(subject_kind="source").subject)
        ours = record_source(office.holder, kind=SourceKind.OTHER, title="Ours", **who)
        sent, own = (
            store_document(io.BytesIO(told), source, media_type="text/plain", **who).pk
            for told, source in ((b"Sent.", theirs), (b"Our own.", ours))
        )
        with pytest.raises(DossierRefused, match="no such document of your organisation"):
            add_annex(held, sent, "Sent", shows=[], **who)
        assert add_annex(held, own, "Our own", shows=[], **who).document == own
