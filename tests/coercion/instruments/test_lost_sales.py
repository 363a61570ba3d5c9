"""An injury is read from months of trade that the authority keeps: sales that were lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.coercion.exposure.test_early_warning import NAMES, START, months
from tests.coercion.exposure.test_flow_files import BACI
from tests.coercion.instruments.designs import DUTY, answers
from tests.coercion.instruments.factories import AT, DRAFT, PLAN, Scene, make_scene, to_measures
from tests.coercion.instruments.pages import DESK, posted, seen_at
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.exposure.actions import discard_flow_file, keep_flow_file
from undaunted.coercion.instruments.actions import (
    attach_months,
    open_proceeding,
    propose_step,
    record_draft,
)
from undaunted.coercion.instruments.analysis import MonthsNamed, StepPlan
from undaunted.coercion.instruments.rules import (
    Design,
    Effect,
    InstrumentRefused,
    Stage,
    StageRefused,
)
from undaunted.coercion.response.actions.searching import begin_search
from undaunted.coercion.response.analysis.keeping import keep_sealed
from undaunted.coercion.response.readers.fronts import shipped_front, written_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.core.accounts.actions import acting_as


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def monthly() -> bytes:
    """Give months in which Zubrowka buys four fifths less of Freedonia (invented)."""
    return months().replace("TGT", "XFR").replace("CRC", "XZU").encode()


def test_an_injury_is_read_from_months_of_trade(scene: Scene) -> None:
    held = scene.proceeding
    with acting_as(scene.ours.documenter) as actor:
        kept = keep_flow_file(scene.ours.id, "months.csv", monthly(), actor=actor, at=AT)
        named = MonthsNamed(kept.sha256, NAMES[START], ("0403",), "EUR million")
        made = attach_months(held, named, actor=actor, at=AT)
        before = _sold(NAMES[:START])
        assert (made.kind, made.digest, made.unit) == ("exposure", kept.sha256, "EUR million")
        assert made.low < made.best < made.high
        assert float(made.best) == pytest.approx(0.8 * 12 * before, rel=0.25)
        assert made.read["since"] == NAMES[START]
        assert "Currency and scale were stated, not read." in made.source
        for change, said in (
            ({"since": "1999-01"}, "1999-01 is not among the months"),
            ({"products": ("99",)}, "the file holds no sales of XFR to XZU"),
            ({"target": "XS"}, "what XZ does to XS, and the proceeding"),
            ({"digest": "0" * 64}, "no file of flows that your organisation keeps"),
            ({"unit": ""}, "injury, unit: write a text"),
            ({"since": NAMES[-1]}, "months lie after the measure"),
        ):
            with pytest.raises(InstrumentRefused, match=said):
                attach_months(held, replace(named, **change), actor=actor, at=AT)
        years = keep_flow_file(scene.ours.id, "years.csv", BACI.encode(), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="tell what is at stake and not what was lost"):
            attach_months(held, replace(named, digest=years.sha256), actor=actor, at=AT)


def test_of_several_states_the_one_is_named_whose_sales_are_asked(scene: Scene) -> None:
    with acting_as(scene.ours.documenter) as actor:
        plan = replace(PLAN, reference="two", states=["XF", "XS"])
        held = open_proceeding(scene.ours.id, plan, actor=actor, at=AT, team=scene.ours.team)
        kept = keep_flow_file(scene.ours.id, "months.csv", monthly(), actor=actor, at=AT)
        named = MonthsNamed(kept.sha256, NAMES[START], (), "EUR million")
        with pytest.raises(InstrumentRefused, match="name the one whose sales are asked"):
            attach_months(held, named, actor=actor, at=AT)
        attach_months(held, replace(named, target="XF"), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="holds no sales of XSY to XZU"):
            attach_months(held, replace(named, target="XS"), actor=actor, at=AT)
        union = replace(PLAN, reference="union", states=["EU"])
        held = open_proceeding(scene.ours.id, union, actor=actor, at=AT, team=scene.ours.team)
        with pytest.raises(InstrumentRefused, match="holds no sales of LTU to XZU"):
            attach_months(held, replace(named, target="LT"), actor=actor, at=AT)
        with pytest.raises(InstrumentRefused, match="what XZ does to NO, and the proceeding"):
            attach_months(held, replace(named, target="NO"), actor=actor, at=AT)


def test_flows_that_lead_astray_or_lose_nothing_are_no_injury(scene: Scene) -> None:
    rows = monthly().decode().splitlines()
    grown, strange = list(rows), list(rows)
    for number, row in enumerate(rows[1:], 1):
        day, seller, buyer, product, value = row.split(",")
        if (seller, buyer) == ("XFR", "XZU"):
            more = float(value) * (20 if day >= NAMES[START] else 1)
            grown[number] = f"{day},{seller},{buyer},{product},{more}"
            swung = float(value) * (0.05 if int(day[-2:]) % 2 else 3)
            strange[number] = f"{day},{seller},{buyer},{product},{swung}"
    with acting_as(scene.ours.documenter) as actor:
        for name, lines, said in (
            ("grown.csv", grown, "finds no loss that can be weighed"),
            ("strange.csv", strange, "cannot be told from this file"),
        ):
            content = "\n".join(lines).encode()
            kept = keep_flow_file(scene.ours.id, name, content, actor=actor, at=AT)
            named = MonthsNamed(kept.sha256, NAMES[START], (), "EUR million")
            with pytest.raises(InstrumentRefused, match=said):
                attach_months(scene.proceeding, named, actor=actor, at=AT)


def _sold(names: tuple[str, ...]) -> float:
    rows = (row.split(",") for row in monthly().decode().splitlines()[1:])
    sold = [float(value) for day, seller, buyer, _, value in rows
            if (seller, buyer) == ("XFR", "XZU") and day in names]  # fmt: skip
    return sum(sold[-12:]) / 12


def test_no_step_adopts_measures_on_a_file_that_was_discarded(scene: Scene) -> None:
    to_measures(scene)
    held = scene.proceeding
    with acting_as(scene.ours.documenter) as actor:
        kept = keep_flow_file(scene.ours.id, "months.csv", monthly(), actor=actor, at=AT)
        named = MonthsNamed(kept.sha256, NAMES[START], (), "EUR million")
        made = attach_months(held, named, actor=actor, at=AT)
        effect = Effect(1, 2, 3, "EUR million", made.year, "Replay")
        draft = Design((replace(DUTY, effect=effect),), answers())
        record_draft(held, draft, actor=actor, at=AT)
        discard_flow_file(kept, actor=actor, at=AT)
        plan = StepPlan(Stage.ADOPTED, AT.date(), "Needed.", DRAFT)
        plan = replace(plan, facts=replace(DRAFT, applies_on=AT.date()))
        with pytest.raises(StageRefused, match="read from is not kept any more"):
            propose_step(held, plan, actor=actor, at=AT)
        keep_flow_file(scene.ours.id, "again.csv", monthly(), actor=actor, at=AT)
        propose_step(held, plan, actor=actor, at=AT)


def test_a_result_is_chosen_at_the_desk_and_read(scene: Scene) -> None:
    client, address = signed_in_client(scene.ours.documenter), f"{DESK}{scene.proceeding.pk}/"
    with acting_as(scene.ours.documenter) as actor:
        kept = keep_flow_file(scene.ours.id, "months.csv", monthly(), actor=actor, at=AT)
        question = {"episode": "norway-2010", "partners": ["SWE"], "instruments": ["tariff"]}
        asked = question_of(question, where="q")
        name, _ = begin_search(asked, scene.ours.id, actor=actor, at=AT)
        front = shipped_front("norway-2010")
        assert front is not None
        keep_sealed(scene.ours.id, name, "front.json", written_front(front).encode())
    page = seen_at(client, f"{address}injury/")
    assert "months.csv" in page
    assert name[:8] in page
    refused = posted(client, f"{address}injury/", {"result": f"front:{name}"}, 200)
    assert "what CN does to NO, and the proceeding about what XZ does to XF" in refused
    for beside in (
        {"unit": "EUR million"},
        {"since": "2010-10"},
        {"product": "03"},
        {"target": "NOR"},
    ):
        page = posted(client, f"{address}injury/", {"result": f"front:{name}"} | beside, 200)
        assert page.count("is for a file of months alone; leave it empty") == 2, "field and head"
        assert "is about what" not in page, "nothing was read yet"
    told = {"result": f"exposure:{kept.sha256}", "since": NAMES[START], "product": "0403, 0404",
            "unit": "EUR million"}  # fmt: skip
    assert "injury, unit" in posted(client, f"{address}injury/", told | {"unit": ""}, 200)
    posted(client, f"{address}injury/", told)
    page = seen_at(client, address)
    assert "read from the file" in page
    assert "months.csv: sales of XFR to XZU of 0403, 0404" in page
    with acting_as(scene.ours.documenter) as actor:
        discard_flow_file(kept, actor=actor, at=AT)
    page = seen_at(client, address)
    assert "This result does not count any more" in page
    assert "is not kept any more" in page
