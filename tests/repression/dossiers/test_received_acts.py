"""What a partner keeps to us stands in no dossier and goes out in no paper; what is clear does."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.attacks.sharing_scene import Scene as Exchange
from tests.attacks.sharing_scene import accepted
from tests.attacks.sharing_scene import make_scene as make_exchange
from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import AT, UNION, agree, make_scene, written
from tests.repression.dossiers.test_submissions import released
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import PartyName
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.consent.rules import Purpose
from undaunted.core.events.models import Act
from undaunted.core.events.rules import ActFamily
from undaunted.core.evidence.actions import cite, record_source, store_document
from undaunted.core.evidence.models import Source
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.core.sharing.models import Kept
from undaunted.core.sharing.rules import Pap, Tlp
from undaunted.prisoners.registry.actions.people import record_person
from undaunted.prisoners.registry.actions.records import record_act
from undaunted.repression.dossiers.actions import DossierPlan, add_act, open_dossier
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.forms import offered_told
from undaunted.repression.dossiers.forms.fields import acts_offered, annexes_offered
from undaunted.repression.dossiers.queries import acts_in, agreed_to
from undaunted.repression.dossiers.rules import DossierRefused, SubmissionRefused, audience_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.repression.dossiers.factories import Scene
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "eu-2020-1998"
KEEPS = "a partner sent it, and its package .* lets it go no further"
IN_A_PAPER = "person 1: a partner sent what was done to them"
WHO = ("Olena Korsak", "full", "en")


def _dossier(exchange: Exchange, actor: Actor) -> Dossier:
    plan = DossierPlan("A detention (invented)", "XR", "What was done.", team=[])
    return open_dossier(exchange.theirs.holder, plan, actor=actor, at=timezone.now())


OPEN = {"tlp": Tlp.CLEAR, "pap": Pap.WHITE, "purpose": Purpose.SANCTIONS_SUBMISSION}
"""The terms of a package that goes onward in a paper."""


@pytest.mark.parametrize(
    "terms",
    [
        {"tlp": Tlp.AMBER_STRICT},
        {"tlp": Tlp.GREEN},
        {"pap": Pap.AMBER},
        {"pap": Pap.RED},
        {"purpose": Purpose.CAMPAIGN},
    ],
)
def test_act_that_a_partner_keeps_to_us_goes_into_no_dossier(
    owner_sql: Any, terms: dict[str, Any]
) -> None:
    exchange = make_exchange(owner_sql, **(OPEN | terms))
    received = accepted(exchange)
    with exchange.theirs.office.caseworker.acting() as actor:
        dossier = _dossier(exchange, actor)
        claim = Act.objects.filter(victim=received)[0].claim
        with pytest.raises(DossierRefused, match=KEEPS):
            add_act(dossier, claim, actor=actor, at=timezone.now())
        assert not acts_in(actor, dossier)


def test_what_would_be_refused_is_not_offered_and_told_by_how_many(owner_sql: Any) -> None:
    exchange = make_exchange(owner_sql)
    accepted(exchange)
    office = exchange.theirs.office
    with office.caseworker.acting() as actor:
        sheet = gather(actor, _dossier(exchange, actor))
        told = offered_told(actor, sheet)
        assert (told["acts"], told["acts_kept_back"]) == ([], 1)
        assert acts_offered(actor, sheet)[1] == 1
        source = Source.objects.get(pk=Kept.objects.get(subject_kind="source").subject)
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        store_document(io.BytesIO(b"Theirs"), source, media_type="text/plain", **who)
        annexes, kept_back = annexes_offered(actor, sheet)
        assert (list(annexes), kept_back) == ([], 1)
        told = offered_told(actor, sheet)
        assert (told["documents"], told["documents_kept_back"]) == ([], 1)
    with make_exchange(owner_sql).theirs.office.caseworker.acting() as actor:
        assert acts_offered(actor, sheet)[1] == 0, "of what one does not read nothing is counted"
        assert annexes_offered(actor, sheet)[1] == 0


def test_where_nothing_was_ever_received_no_act_is_asked_about(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.desk.documenter) as actor:
        sheet = replace(gather(actor, scene.dossier), acts=())
        with CaptureQueriesContext(connection) as asked:
            offered, back = acts_offered(actor, sheet)
            assert ([each.claim for each in offered], back) == ([scene.act.claim], 0)
    assert "sharing_kept" in " ".join(each["sql"] for each in asked)
    assert "dossiers_kept_back" not in " ".join(each["sql"] for each in asked)


def test_the_form_says_that_more_is_not_offered_and_why(owner_sql: Any) -> None:
    exchange = make_exchange(owner_sql)
    accepted(exchange)
    person = exchange.theirs.office.caseworker
    with person.acting() as actor:
        dossier = _dossier(exchange, actor)
    page = signed_in_client(person.user).get(f"/desk/dossiers/{dossier.pk}/add/act/")
    told = " ".join(page.content.decode().split())
    assert "1 more is not offered: a partner sent it" in told


@pytest.mark.parametrize("pap", [Pap.GREEN, Pap.WHITE])
def test_act_that_a_partner_sent_for_the_world_and_for_this_goes_onward(
    owner_sql: Any, pap: Pap
) -> None:
    exchange = make_exchange(owner_sql, **(OPEN | {"pap": pap}))
    received = accepted(exchange)
    with exchange.theirs.office.caseworker.acting() as actor:
        claim = Act.objects.filter(victim=received)[0].claim
        made = add_act(_dossier(exchange, actor), claim, actor=actor, at=timezone.now())
        assert made.claim == claim


def test_act_of_our_own_record_rests_on_more_than_what_a_partner_keeps_to_us(
    owner_sql: Any,
) -> None:
    exchange = make_exchange(owner_sql)
    accepted(exchange)
    office = exchange.theirs.office
    with office.caseworker.acting() as actor:
        who: dict[str, Any] = {"actor": actor, "at": timezone.now()}
        theirs = Source.objects.get(pk=Kept.objects.get(subject_kind="source").subject)
        ours = record_source(office.holder, kind=SourceKind.OTHER, title="Ours", **who)
        party = record_person(office.holder, [WHO], country="XR", **who)
        act = record_act(
            party, ActFamily.CIVIL_DEATH, "visa_ban", sources=[(theirs, Grade.parse("C3"))],
            start=PartialDate.parse("2025-06"), tier="C", country="XR", **who,
        )  # fmt: skip
        dossier = _dossier(exchange, actor)
        with pytest.raises(DossierRefused, match=KEEPS):
            add_act(dossier, act.claim, **who)
        cite(ours, subject_kind="act", subject_id=act.claim, **who)
        assert add_act(dossier, act.claim, **who).claim == act.claim


@pytest.fixture
def sent(owner_sql: Any) -> Callable[[UUID], None]:
    """Let a record be one that a partner sent who keeps it to us."""
    accepted(make_exchange(owner_sql))

    def mark(subject: UUID) -> None:
        owner_sql(
            "INSERT INTO sharing_kept (id, holder, sharing, item_id, subject_kind, subject, until)"
            " SELECT gen_random_uuid(), p.holder, k.sharing, k.item_id, 'party', p.id, k.until"
            " FROM sharing_kept k, actors_party p WHERE k.subject_kind = 'party' AND p.id = %s",
            [subject],
        )

    return mark


def test_what_came_into_a_dossier_before_is_in_no_paper(
    owner_sql: Any, sent: Callable[[UUID], None]
) -> None:
    scene = make_scene(owner_sql)
    agree(scene, UNION)
    made = written(scene, LAW)
    sent(scene.subject)
    with pytest.raises(SubmissionRefused, match=IN_A_PAPER):
        written(scene, LAW, recipient="Another council (invented)")
    with pytest.raises(SubmissionRefused, match=IN_A_PAPER):
        released(scene, made)


def test_names_that_a_partner_keeps_to_us_are_sought_in_texts_and_told_to_nobody(
    owner_sql: Any, sent: Callable[[UUID], None]
) -> None:
    scene = make_scene(owner_sql)
    agree(scene, UNION)
    with acting_as(scene.desk.documenter) as actor:
        other = record_person(
            scene.desk.organisation, [("Olena Sent", "full", "en")], actor=actor, at=AT,
            country="XR",
        )  # fmt: skip
    owner_sql("UPDATE actors_party SET canonical = %s WHERE id = %s", [scene.subject, other.pk])
    assert "Olena Sent" in _told(scene)
    sent(other.pk)
    assert "Olena Sent" not in _told(scene)


def _told(scene: Scene) -> tuple[str, ...]:
    with acting_as(scene.desk.documenter) as actor:
        agreed = agreed_to(
            actor, scene.subject, holder=scene.desk.organisation, audience=audience_for("EU"),
            on=AT.date(),
        )  # fmt: skip
        assert "Olena Sent" in agreed.names
        assert PartyName.objects.filter(party=scene.subject)[0].text in agreed.told_names
        return agreed.told_names
