"""What is recorded is refused by field, nothing half kept; what was closed or erased is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from tests.core.accounts.factories import signed_in_client
from tests.repression.dossiers.factories import (
    AT,
    UNION,
    Scene,
    agree,
    make_scene,
    written,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.consent.actions import announce, deliver_news
from undaunted.core.evidence.rules import Grade
from undaunted.core.standards.rules import Value
from undaunted.repression.dossiers.actions import (
    DossierPlan,
    Evidence,
    add_act,
    add_annex,
    ask_closing,
    close_dossier,
    confirm_statement,
    end_submission,
    erase_dossier,
    open_dossier,
    record_accused,
    record_detail,
    record_finding,
    record_link,
    record_post,
    record_reply,
    search_listings,
    withdraw_part,
    write_dossier,
)
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.models import Detail
from undaunted.repression.dossiers.queries import (
    dossier_for,
    dossiers_for,
    part_of,
    submission_for,
)
from undaunted.repression.dossiers.rules import DetailKind, DossierRefused, DossierReply

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("ledger")
WHO: dict[str, Any] = {"at": AT}


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _stranger_source(scene: Scene, **who: Any) -> Any:
    rest = Evidence((uuid4(),), Grade.parse("A1"))
    return record_link(scene.commander, scene.act, "command", "Yes.", evidence=rest, **who)


def _foreign_document(scene: Scene, **who: Any) -> Any:
    rest = Evidence((scene.source,), Grade.parse("A1"), document=uuid4())
    return record_link(scene.commander, scene.act, "command", "Yes.", evidence=rest, **who)


def _twice(scene: Scene, **who: Any) -> Any:
    rest = Evidence((scene.source,), Grade.parse("A1"))
    return record_link(scene.commander, scene.act, "complicit", "Again.", evidence=rest, **who)


def _other_dossier(scene: Scene, **who: Any) -> Any:
    plan = DossierPlan("Another", "XR")
    other = open_dossier(scene.desk.organisation, plan, **who)
    return record_finding(other, "detention", Value.MET, "Yes.", act=scene.act, **who)


def _act_of_another(scene: Scene, **who: Any) -> Any:
    other = open_dossier(scene.desk.organisation, DossierPlan("Another", "XR"), **who)
    rest = Evidence((scene.source,), Grade.parse("A1"))
    somebody = record_accused(other, "X Y", evidence=rest, **who)
    return record_link(somebody, scene.act, "ordered", "Yes.", evidence=rest, **who)


def _nameless(scene: Scene, **who: Any) -> Any:
    names = Detail.objects.filter(accused=scene.commander, kind="name")
    for each in list(names):
        withdraw_part(scene.dossier, "detail", each.pk, **who)
    return search_listings(scene.commander, **who)


def _detailed(kind: DetailKind, text: str) -> Callable[..., Any]:
    return lambda scene, **who: record_detail(scene.commander, kind, text, **who)


def _posted(office: str, **told: Any) -> Callable[..., Any]:
    return lambda scene, **who: record_post(scene.commander, office, **told, **who)


REFUSED: dict[str, tuple[Callable[..., Any], str]] = {
    "no act": (lambda s, **w: add_act(s.dossier, uuid4(), **w), "act: no act of your organisation"),
    "act twice": (lambda s, **w: add_act(s.dossier, s.act.claim, **w), "act: it stands in"),
    "no country": (
        lambda s, **w: write_dossier(s.dossier, DossierPlan("T", "QQ"), **w),
        "country: 'QQ' is no country",
    ),
    "no marking": (
        lambda s, **w: write_dossier(s.dossier, DossierPlan("T", "XR", tlp="PINK"), **w),
        "tlp: ",
    ),
    "no title": (
        lambda s, **w: write_dossier(s.dossier, DossierPlan(" . ", "XR"), **w),
        "title: write it in words",
    ),
    "too long": (lambda s, **w: record_accused(s.dossier, "x" * 301, **w), "name: it has 301"),
    "a nought": (lambda s, **w: record_accused(s.dossier, "x\x00y", **w), "name: it holds a sign"),
    "no date": (
        lambda s, **w: record_detail(s.commander, DetailKind.BIRTH, "spring", **w),
        "text: ",
    ),
    "born ahead": (_detailed(DetailKind.BIRTH, "2090-01-01"), "text: 2090-01-01 is ahead of today"),
    "born long ago": (_detailed(DetailKind.BIRTH, "0001-01-01"), "text: 0001-01-01 is before 1900"),
    "no state": (_detailed(DetailKind.NATIONALITY, "QQ"), "text: 'QQ' is no state"),
    "above itself": (_posted("Boss", above=" boss "), "above: a post does not answer to itself"),
    "begins ahead": (_posted("Boss", start="9999"), "start: 9999 is ahead of today"),
    "a letter": (_detailed(DetailKind.NAME, "X"), "text: write it out; one letter names nobody"),
    "a name on nothing": (_detailed(DetailKind.NAME, "Rupert"), "sources: a name rests on"),
    "somebody on nothing": (
        lambda s, **w: record_accused(s.dossier, "Rupert", **w),
        "sources: a name rests on evidence",
    ),
    "no mode": (
        lambda s, **w: record_link(s.commander, s.act, "torture", "Yes.", evidence=Evidence(), **w),
        "mode: 'torture' is none; write one of committed",
    ),
    "no fact": (
        lambda s, **w: record_finding(s.dossier, "ordered", Value.MET, "Yes.", **w),
        "fact: 'ordered' is none",
    ),
    "no conduct without act": (
        lambda s, **w: record_finding(s.dossier, "torture", Value.MET, "Yes.", **w),
        "act: conduct is found of an act",
    ),
    "no reply": (
        lambda s, **w: record_reply(s.commander, DossierReply.OPEN, "Yes.", **w),
        "reply: say whether",
    ),
    "no part": (
        lambda s, **w: withdraw_part(s.dossier, "link", uuid4(), **w),
        "part: there is no such part",
    ),
    "no kind of part": (
        lambda s, **w: withdraw_part(s.dossier, "dossier", s.dossier.pk, **w),
        "part: there is no such part",
    ),
    "no document": (
        lambda s, **w: add_annex(s.dossier, uuid4(), "T", shows=(), **w),
        "document: there is no such document",
    ),
    "not closed": (lambda s, **w: erase_dossier(s.dossier, **w), "dossier: close it first"),
    "no source": (_stranger_source, "sources: "),
    "document of no source": (_foreign_document, "document: "),
    "link twice": (_twice, "mode: this link stands already"),
    "act elsewhere": (_other_dossier, "act: it belongs to another dossier"),
    "link elsewhere": (_act_of_another, "act: it belongs to another dossier"),
    "nobody to search for": (_nameless, "name: record a name first"),
}


def test_what_is_wrong_is_refused_by_field(scene: Scene, owner_sql: Any) -> None:
    user = scene.desk.documenter
    owner_sql(
        "INSERT INTO accounts_membership (user_id, organisation_id, role, since)"
        " VALUES (%s, %s, 'steward', now())",
        [user.pk, scene.desk.organisation],
    )
    for step, why in REFUSED.values():
        with acting_as(user) as actor, pytest.raises(DossierRefused, match=f"^{why}"):
            step(scene, actor=actor, at=AT)


def test_nobody_confirms_their_own_nor_twice(scene: Scene) -> None:
    statement = scene.statements[0]
    with acting_as(scene.desk.documenter) as actor, pytest.raises(Forbidden):
        confirm_statement(statement, actor=actor, at=AT)
    with acting_as(scene.desk.reviewer) as actor, pytest.raises(DossierRefused, match="before"):
        confirm_statement(statement, actor=actor, at=AT)
    with acting_as(scene.desk.second_reviewer) as actor, pytest.raises(Forbidden):
        confirm_statement(statement, actor=actor, at=AT)


def test_a_finding_takes_the_place_of_an_earlier_one(scene: Scene) -> None:
    with acting_as(scene.desk.documenter) as actor:
        record_finding(
            scene.dossier, "detention", Value.NOT_MET, "A judge did.", act=scene.act,
            actor=actor, at=AT,
        )  # fmt: skip
        held = [each.row.value for each in gather(actor, scene.dossier).findings if each.row.act]
    assert held == ["not_met"]


def test_an_act_that_is_taken_out_takes_its_links_and_findings_along(scene: Scene) -> None:
    agree(scene, UNION)
    with acting_as(scene.desk.documenter) as actor:
        withdraw_part(scene.dossier, "act", scene.act.pk, actor=actor, at=AT)
        sheet = gather(actor, scene.dossier)
        assert sheet.acts == ()
        assert sheet.linked() == ()
        assert {each.fact for each in sheet.found()} == {"official"}
        assert part_of(actor, scene.dossier, "act", scene.act.pk) is None
    with acting_as(scene.desk.documenter) as actor:
        again = add_act(scene.dossier, scene.act.claim, actor=actor, at=AT)
        assert again.number == scene.act.number


def test_a_closed_dossier_takes_nothing_and_a_steward_of_the_team_erases_it(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998")
    desk = scene.desk
    with acting_as(desk.documenter) as actor:
        plan = DossierPlan("T", "XR", team=[desk.steward.pk])
        held = dossier_for(actor, scene.dossier.pk)
        assert held
        write_dossier(held, plan, actor=actor, at=AT)
        with pytest.raises(DossierRefused, match="submission 1 waits for release"):
            ask_closing(held, "Nothing more comes.", actor=actor, at=AT)
        with pytest.raises(DossierRefused, match="nobody has asked"):
            close_dossier(held, actor=actor, at=AT)
        sent = submission_for(actor, made.pk)
        assert sent
        assert end_submission(sent, actor=actor, at=AT).why == "desk"
        with pytest.raises(DossierRefused, match="why: write it in words"):
            ask_closing(held, " ", actor=actor, at=AT)
        ask_closing(held, "Nothing more comes.", actor=actor, at=AT)
        with pytest.raises(Forbidden):
            close_dossier(held, actor=actor, at=AT)
    with (
        acting_as(desk.documenter),
        pytest.raises(DatabaseError, match="a second person closes a dossier"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE dossiers_dossier SET closed_at = now()")
    one = f"/desk/dossiers/{scene.dossier.pk}/"
    assert "Nothing more comes." in signed_in_client(desk.steward).get(one).content.decode()
    assert signed_in_client(desk.steward).post(f"{one}close/").status_code == 302
    with acting_as(desk.documenter) as actor:
        held = dossier_for(actor, scene.dossier.pk)
        assert held
        with pytest.raises(DossierRefused, match="it is closed"):
            record_accused(held, "Somebody", actor=actor, at=AT)
    with (
        acting_as(desk.documenter),
        pytest.raises(DatabaseError, match="a steward of its team erases"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT dossiers_erase(%s)", [scene.dossier.pk])
    page = signed_in_client(desk.steward).get(f"/desk/dossiers/{scene.dossier.pk}/")
    assert "Erase the dossier" in page.content.decode()
    answer = signed_in_client(desk.steward).post(f"/desk/dossiers/{scene.dossier.pk}/erase/")
    assert answer.status_code == 302
    for table in ("dossier", "accused", "detail", "submissionfile", "link"):
        assert owner_sql(f"SELECT count(*) FROM dossiers_{table}") == [(0,)]
    with acting_as(desk.documenter) as actor:
        assert dossiers_for(actor).count() == 0


def test_whoever_is_erased_leaves_every_dossier(scene: Scene, owner_sql: Any) -> None:
    agree(scene, UNION)
    made = written(scene, "eu-2020-1998")
    with acting_as(scene.desk.documenter) as actor:
        announce("erased", scene.subject, AT, {})
        deliver_news(actor=actor, at=AT)
        held = submission_for(actor, made.pk)
        assert held
        assert (held.state, held.why) == ("ended", "erased")
        assert gather(actor, scene.dossier).acts == ()
    assert owner_sql("SELECT count(*) FROM dossiers_link") == [(0,)]
    assert owner_sql("SELECT count(*) FROM dossiers_submissionfile WHERE content IS NOT NULL") == [
        (0,)
    ]
