"""Papers in two versions: filed, opened by the team alone, erased when their time is over."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.instruments.factories import (
    AT,
    PLAN,
    REQUEST,
    SECRET,
    Scene,
    make_scene,
    stepped,
)
from tests.coercion.instruments.requests import exporter
from tests.core.accounts.factories import make_user
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.instruments.actions import (
    PaperPlan,
    confirm_step,
    correct_proceeding,
    file_paper,
    file_request,
    keeping,
    name_team,
    open_papers,
    open_proceeding,
    propose_step,
    publish_proceeding,
    turns,
    withdraw_paper,
)
from undaunted.coercion.instruments.analysis import StepPlan, open_file, request_kept
from undaunted.coercion.instruments.queries import (
    SUBJECT,
    clocks_of,
    papers_of,
    proceeding_for,
    stage_of,
)
from undaunted.coercion.instruments.readers import traces_in
from undaunted.coercion.instruments.rules import (
    How,
    InstrumentRefused,
    KeptUnreadable,
    PaperKind,
    Stage,
    SummaryLeaks,
    SummaryLine,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import (
    ClockRuns,
    ask_about_keeping,
    decide_about_keeping,
    erase_expired,
)
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.rules import Asked, Firmness, State, WhyAsked
from undaunted.core.vault.actions import found_team, make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.coercion.instruments.models import Paper, Proceeding

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_the_team_alone_opens_who_asked(scene: Scene) -> None:
    ours, held = scene.ours, scene.proceeding
    with acting_as(ours.documenter) as actor:
        opened = open_papers(held, key=ours.key, actor=actor, at=AT)
        assert SECRET in opened[scene.paper.pk]["requester"]
        withdraw_paper(scene.paper, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="taken back before"):
            withdraw_paper(scene.paper, actor=actor, at=AT)
        assert papers_of(actor, held).get().withdrawn_at == AT
    with acting_as(scene.theirs.documenter) as actor:
        assert proceeding_for(actor, held.pk) is None
        assert proceeding_for(actor, held.reference) is None
        with pytest.raises(Forbidden):
            open_papers(held, key=scene.theirs.key, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            file_paper(held, REQUEST, actor=actor, at=AT)


def test_who_asked_is_erased_when_its_time_is_over(scene: Scene, owner_sql: Any) -> None:
    stepped(scene, Stage.CLOSED, date(2026, 11, 5))
    colleague = make_user(owner_sql, {scene.ours.id: [Role.DOCUMENTER]})
    with acting_as(scene.ours.documenter) as actor:
        (clock,) = clocks_about(actor, SUBJECT, scene.proceeding.pk)
        assert clock.rule == "retention-application"
        with pytest.raises(ClockRuns):
            erase_expired(clock, actor=actor, at=AT)
        asked = ask_about_keeping(clock, Asked.ERASE, WhyAsked.PERSON_ASKED, actor=actor, at=AT)
    with acting_as(colleague) as actor:
        receipt = decide_about_keeping(asked, grant=True, actor=actor, at=AT)
        assert receipt is not None
        assert receipt.done == {"keys": 1}
    with acting_as(scene.ours.documenter) as actor:
        with pytest.raises(KeptUnreadable):
            open_papers(scene.proceeding, key=scene.ours.key, actor=actor, at=AT)
        assert stage_of(actor, scene.proceeding) is Stage.CLOSED
        with pytest.raises(InstrumentRefused, match="stage: the proceeding is over"):
            file_paper(scene.proceeding, REQUEST, actor=actor, at=AT)


def test_nothing_confidential_is_kept_without_a_team_or_a_summary(scene: Scene) -> None:
    ours = scene.ours
    with acting_as(ours.documenter) as actor:
        bare = open_proceeding(ours.id, replace(PLAN, reference="bare"), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="no team handles"):
            file_paper(bare, REQUEST, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="non-confidential version"):
            file_paper(
                scene.proceeding,
                replace(REQUEST, open_version=[]),
                actor=actor,
                at=AT,
                key=ours.key,
            )
        with pytest.raises(InstrumentRefused, match="team"):
            name_team(bare, scene.theirs.team, actor=actor, at=AT)
        name_team(bare, ours.team, actor=actor, at=AT)
        assert file_paper(bare, REQUEST, actor=actor, at=AT).sequence == 1


def test_papers_are_given_to_another_team_by_somebody_who_opens_them(
    scene: Scene, owner_sql: Any
) -> None:
    ours, held = scene.ours, scene.proceeding
    colleague = make_user(owner_sql, {ours.id: [Role.DOCUMENTER, Role.STEWARD]})
    with acting_as(colleague) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        key = open_at_terminal(PASSPHRASE, actor=actor, at=AT, work=FLOOR)
        other = found_team(ours.id, "Second desk", actor=actor, at=AT).pk
        with pytest.raises(KeptUnreadable):
            open_papers(held, key=key, actor=actor, at=AT)
    with acting_as(ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="open your key first"):
            name_team(held, other, actor=actor, at=AT)
        assert name_team(held, other, actor=actor, at=AT, key=ours.key).team == other
        with pytest.raises(KeptUnreadable):
            open_papers(held, key=ours.key, actor=actor, at=AT)
    with acting_as(colleague) as actor:
        assert SECRET in open_papers(held, key=key, actor=actor, at=AT)[scene.paper.pk]["requester"]


def test_an_exporters_facts_become_a_request_with_a_summary_and_clocks(
    scene: Scene, owner_sql: Any
) -> None:
    ours = scene.ours
    plan = replace(PLAN, reference="cargo", title="Equipment for cargo", third_country="XR")
    with acting_as(ours.documenter) as actor:
        told = replace(plan, reference="loud", title="Cranes of Blauhafen")
        loud = open_proceeding(ours.id, told, actor=actor, at=AT, team=ours.team)
        with pytest.raises(SummaryLeaks, match="title: tells 'blauhafen' from requester"):
            file_request(loud, exporter(), REQUEST.received_on, actor=actor, at=AT)
        correct_proceeding(loud, "Cargo", PLAN.measure, actor=actor, at=AT)
        loud.refresh_from_db()
        file_request(loud, exporter(), REQUEST.received_on, actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="not about XZ"):
            file_request(scene.proceeding, exporter(), REQUEST.received_on, actor=actor, at=AT)
        held = open_proceeding(ours.id, plan, actor=actor, at=AT, team=ours.team)
        with pytest.raises(InstrumentRefused, match="loss"):
            file_request(held, exporter(loss=None), REQUEST.received_on, actor=actor, at=AT)
        paper = file_request(held, exporter(), REQUEST.received_on, actor=actor, at=AT)
        opened = open_papers(held, key=ours.key, actor=actor, at=AT)
        assert request_kept(opened[paper.pk]) == exporter()
    lines = {each["title"]: each for each in paper.open_version}
    assert lines["Name of whoever asks"]["how"] == "withheld"
    assert lines["Document 2"]["text"] == "A letter that cancels orders."
    (kept,) = owner_sql("SELECT t::text FROM instruments_paper t WHERE id = %s", [paper.pk])
    for word in ("lauhafen", "Querling", "4237512", "37.4", "SeaGoose"):
        assert word not in kept[0]
    with acting_as(ours.documenter) as actor:
        step = propose_step(
            held, StepPlan(Stage.EXAMINATION, date(2026, 11, 3), "Facts"), actor=actor, at=AT
        )
    with acting_as(ours.publisher) as actor:
        confirm_step(step, actor=actor, at=AT)
        ((_, clock),) = clocks_of(actor, held, AT)
    assert clock.state is State.RUNNING
    assert [(each.limit.firmness, each.last_day) for each in clock.limits] == [
        (Firmness.SOFT, date(2027, 3, 3))
    ]


LETTER = PaperPlan(
    PaperKind.EVIDENCE, "Letter", REQUEST.received_on,
    [SummaryLine("", "evidence", "Summary", "A letter on orders.", How.SUMMARISED)],
    {"text": "Orders of EUR 4,237,512 were lost by Blauhafen on 14 March 2026. Jana told it."},
)  # fmt: skip


def test_a_request_is_filed_by_its_rules_alone_and_no_paper_tells_of_earlier_ones(
    scene: Scene,
) -> None:
    ours, held = scene.ours, scene.proceeding
    second = exporter(third_country={"value": "XZ"}, goods={"value": f"Goods as those of {SECRET}"})
    day = REQUEST.received_on
    with acting_as(ours.documenter) as actor:
        with pytest.raises(InstrumentRefused, match="written by the rules"):
            file_paper(held, replace(REQUEST, kind=PaperKind.REQUEST), actor=actor, at=AT)
        with pytest.raises(SummaryLeaks, match="title: tells 'Blauhafen'"):
            file_paper(held, replace(LETTER, title="Of Blauhafen"), actor=actor, at=AT)
        with pytest.raises(SummaryLeaks, match="summary, goods: tells 'Glimmerholt'"):
            file_request(held, second, day, actor=actor, at=AT, key=ours.key)
        file_request(
            held, exporter(third_country={"value": "XZ"}), day, actor=actor, at=AT, key=ours.key
        )
        late = replace(LETTER, title="Letter of Querling", confidential={"text": "Nothing more."})
        with pytest.raises(SummaryLeaks, match="title: tells 'querling' from contact"):
            file_paper(held, late, actor=actor, at=AT, key=ours.key)
        for key, said in ((None, "an open key"), (scene.theirs.key, "your key opens none")):
            with pytest.raises(InstrumentRefused, match=said):
                file_paper(held, LETTER, actor=actor, at=AT, key=key)
        file_paper(held, LETTER, actor=actor, at=AT, key=ours.key)


def test_a_paper_that_is_filed_meanwhile_is_looked_into_too(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, held = scene.ours, scene.proceeding
    with acting_as(ours.documenter) as actor:
        bare = open_proceeding(
            ours.id, replace(PLAN, reference="bare"), actor=actor, at=AT, team=ours.team
        )
        taken = turns.in_turn

        def late() -> AbstractContextManager[None]:
            monkeypatch.setattr(keeping, "in_turn", taken)
            file_paper(bare, LETTER, actor=actor, at=AT)
            return taken()

        monkeypatch.setattr(keeping, "in_turn", late)
        with pytest.raises(InstrumentRefused, match="another was filed meanwhile"):
            file_paper(bare, REQUEST, actor=actor, at=AT)
        assert papers_of(actor, bare).count() == 1
        assert papers_of(actor, held).count() == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", f"Timber of {SECRET}"),
        ("title", "Glimmer-holt's timber"),
        ("measure", "A producer of wood lost 14.2 per cent."),
        ("reference", "glimmerholt-timber"),
    ],
)
def test_no_title_that_tells_who_asked_is_let_out_or_written(
    scene: Scene, name: str, text: str
) -> None:
    ours = scene.ours
    parts: dict[str, Any] = {"reference": "told", name: text}
    plan = replace(PLAN, **parts)
    with acting_as(ours.documenter) as actor:
        held = open_proceeding(ours.id, plan, actor=actor, at=AT, team=ours.team)
        file_paper(held, REQUEST, actor=actor, at=AT)
    told = replace(scene, proceeding=held)
    stepped(told, Stage.EXAMINATION, date(2026, 5, 4))
    with acting_as(ours.publisher) as actor:
        with pytest.raises(SummaryLeaks, match=f"{name}: tells"):
            publish_proceeding(held, actor=actor, at=AT, key=ours.second_key)
        held.refresh_from_db()
        assert held.approved_at is None
    if name == "reference":
        return
    said = {"title": held.title, "measure": held.measure}
    with acting_as(ours.documenter) as actor:
        with pytest.raises(SummaryLeaks, match=f"{name}: tells"):
            correct_proceeding(held, **said, actor=actor, at=AT, key=ours.key)
        with pytest.raises(InstrumentRefused, match="without a key nobody can tell"):
            correct_proceeding(held, "Timber", "Held.", actor=actor, at=AT)
        correct_proceeding(held, "Timber", "Held.", actor=actor, at=AT, key=ours.key)
    with acting_as(ours.publisher) as actor:
        held.refresh_from_db()
        publish_proceeding(held, actor=actor, at=AT, key=ours.second_key)


def test_what_is_let_out_is_what_was_looked_through(scene: Scene) -> None:
    ours, held = scene.ours, scene.proceeding
    stepped(scene, Stage.EXAMINATION, date(2026, 5, 4))
    stale = proceeding_of(scene)
    with acting_as(ours.documenter) as actor:
        correct_proceeding(held, "New", "New", actor=actor, at=AT, key=ours.key)
    with (
        acting_as(ours.publisher) as actor,
        pytest.raises(InstrumentRefused, match="changed meanwhile"),
    ):
        publish_proceeding(stale, actor=actor, at=AT, key=ours.second_key)


def test_a_request_is_held_against_papers_that_everybody_read_before(scene: Scene) -> None:
    ours = scene.ours
    plan = replace(PLAN, reference="late", title="Cargo", third_country="XR")
    loud = replace(REQUEST, confidential={"text": "Nothing more."}, open_version=[
        SummaryLine("", "evidence", "Facts", "Cranes of Blau-hafen, TEUR 4,238.", How.SUMMARISED)
    ])  # fmt: skip
    day = REQUEST.received_on
    with acting_as(ours.documenter) as actor:
        held = open_proceeding(ours.id, plan, actor=actor, at=AT, team=ours.team)
        paper = file_paper(held, loud, actor=actor, at=AT)
        with pytest.raises(SummaryLeaks, match="paper of 2026-11-02: tells 'blauhafen'"):
            file_request(held, exporter(), day, actor=actor, at=AT, key=ours.key)
        withdraw_paper(paper, actor=actor, at=AT)
        file_request(held, exporter(), day, actor=actor, at=AT, key=ours.key)
        late = replace(loud, title="Facts")
        with pytest.raises(SummaryLeaks, match="tells"):
            file_paper(held, late, actor=actor, at=AT, key=ours.key)


def test_a_summary_does_not_say_when_it_was_filed(scene: Scene) -> None:
    written = open_file(scene.paper, "docx"), open_file(scene.paper, "pdf")
    later = replace_moment(scene.paper)
    assert (open_file(later, "docx"), open_file(later, "pdf")) == written
    told = dict(traces_in("x.docx", written[0], ours=True))
    assert "2026-11-02" in told["x.docx, docProps/core.xml"]
    assert f"{AT:%Y-%m-%d}" not in told["x.docx, docProps/core.xml"]


def replace_moment(paper: Paper) -> Paper:
    """Give the paper as if it was filed at another moment."""
    other = copy(paper)
    other.recorded_at = AT + timedelta(hours=3, seconds=17)
    return other


def proceeding_of(scene: Scene) -> Proceeding:
    """Give the proceeding as it stands now, as somebody else has it before them."""
    with acting_as(scene.ours.publisher) as actor:
        found = proceeding_for(actor, scene.proceeding.pk)
    assert found is not None
    return found
