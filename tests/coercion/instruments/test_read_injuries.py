"""An injury is read by the product from the result that is attached, and nobody retypes it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tests.coercion.instruments.designs import DUTY, RESULT, answers, words_of
from tests.coercion.instruments.factories import (
    AT,
    PLAN,
    Scene,
    make_scene,
)
from tests.core.accounts.factories import signed_in_client
from undaunted.cli.trade import commands
from undaunted.coercion.instruments.actions import (
    attach_calculation,
    attach_front,
    open_proceeding,
    record_draft,
)
from undaunted.coercion.instruments.analysis import (
    calculation_of,
    figures_read,
    gone,
    judged_of,
    proceeding_told,
    sheet_of,
    weighed_file,
)
from undaunted.coercion.instruments.models import Injury
from undaunted.coercion.instruments.queries import injury_of
from undaunted.coercion.instruments.readers import (
    LARGEST_RESULT,
    FileRefused,
    result_of_scenario,
)
from undaunted.coercion.instruments.rules import (
    Design,
    Effect,
    InjuryKind,
    InstrumentRefused,
    LostSales,
    MeasureRefused,
    a_year,
    check_about,
    injury_read,
    together,
)
from undaunted.coercion.response.actions.searching import begin_search
from undaunted.coercion.response.analysis.keeping import keep_sealed
from undaunted.coercion.response.analysis.laying import laid_out
from undaunted.coercion.response.analysis.losing import TableReplaced, loss_of
from undaunted.coercion.response.readers.fronts import shipped_front, written_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.searches import folder_of
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.queries import documents_for

if TYPE_CHECKING:
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.response.readers.fronts import Front
    from undaunted.core.access.rules import Actor

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "instruments" / "journeys"
NORWAY = replace(
    PLAN, reference="salmon", title="Salmon (invented case)", third_country="CN", states=["NO"]
)


@pytest.fixture
def scene(ledger: Any, owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def norway() -> Front:
    front = shipped_front("norway-2010")
    assert front is not None
    return front


def searched(scene: Scene, actor: Actor, front: Front) -> str:
    """Let a search of the authority have found a front; gives its name."""
    asked = {"episode": "norway-2010", "partners": ["SWE", "DNK"], "instruments": ["tariff"]}
    question = question_of(asked, where="q")
    name, _ = begin_search(question, scene.ours.id, actor=actor, at=AT)
    keep_sealed(scene.ours.id, name, "front.json", written_front(front).encode())
    return name


def opened(scene: Scene, actor: Actor) -> Proceeding:
    return open_proceeding(scene.ours.id, NORWAY, actor=actor, at=AT, team=scene.ours.team)


# What a loss is in money


def test_a_loss_in_money_is_what_the_model_says_that_income_buys_less() -> None:
    front = norway()
    loss, solved = loss_of(front), laid_out(front.question).episode
    place = solved.world.regions.index("NOR")
    bought = solved.income[place] / solved.consumer_prices[place]
    low, best, high = loss.money
    assert best == pytest.approx(solved.world.income[place] - bought, rel=1e-4)
    assert low <= best <= high
    assert (loss.unit, loss.year, loss.sets) == ("USD million", 2022, 9)
    assert loss.per_cent == (0.001230181, 0.001985087, 0.004372996)


def test_a_front_over_another_table_is_refused() -> None:
    with pytest.raises(TableReplaced, match="this copy holds another table; work it out anew"):
        loss_of(replace(norway(), data_sha256="0" * 64))


@pytest.mark.parametrize(
    ("target", "coercer", "states", "passes"),
    [
        ({"NOR"}, "CHN", ["NO"], True),
        ({"NO"}, "CN", ["NO", "SE"], True),
        ({"NOR", "SWE"}, "CHN", ["NO"], False),
        ({"NOR"}, "RUS", ["NO"], False),
        ({"XFR"}, "CHN", ["NO"], False),
    ],
)
def test_a_result_is_about_the_states_of_the_proceeding(
    target: set[str], coercer: str, states: list[str], *, passes: bool
) -> None:
    if passes:
        check_about(target, coercer, "CN", states, among=states)
        return
    with pytest.raises(MeasureRefused, match="and the proceeding about what CN does to NO"):
        check_about(target, coercer, "CN", states, among=states)


def test_a_gain_is_no_loss_and_no_loss_is_no_injury() -> None:
    told = {"unit": "EUR million", "year": 2025, "source": "x", "digest": "a" * 64}
    made = injury_read((-3, 2, 5), **told)  # type: ignore[arg-type]
    assert (made.low, made.best, made.high) == (0, 2, 5)
    with pytest.raises(MeasureRefused, match="finds no loss that can be weighed"):
        injury_read((-3, -2, 5), **told)  # type: ignore[arg-type]
    with pytest.raises(MeasureRefused, match="injury, unit: write a text"):
        injury_read((1, 2, 5), **(told | {"unit": " "}))  # type: ignore[arg-type]


def test_sales_are_told_as_of_a_year_less_what_went_round() -> None:
    assert a_year(LostSales((60, 90, 120), (), 6)) == (120, 180, 240)
    routes = ((5, 10, 20), (1, 2, 4))
    assert a_year(LostSales((60, 90, 120), routes, 24)) == (18, 39, 57)
    assert together([(1, 2, 3), (10, 20, 30)]) == (11, 22, 33)


# A front


def test_an_injury_is_read_from_a_front_weighed_and_printed(scene: Scene) -> None:
    front = norway()
    with acting_as(scene.ours.documenter) as actor:
        held, name = opened(scene, actor), searched(scene, actor, front)
        made = attach_front(held, name, actor=actor, at=AT)
        assert (float(made.low), float(made.best), float(made.high)) == (4.76, 7.68, 16.92)
        assert (made.kind, made.unit, made.year) == ("front", "USD million", 2022)
        assert made.read["table_sha256"] == front.data_sha256
        assert made.read["per_cent"][1] == front.target_loss
        for said in (
            "real income of NOR through what CHN does, 0.00199 %",
            "equivalent variation",
            "9 pub",
        ):
            assert said in made.source
        effect = Effect(1, 2, 3, "USD million", 2022, "Replay of the duty")
        duty = replace(DUTY, effect=effect)
        record_draft(held, Design((duty,), answers()), actor=actor, at=AT)
        judged = judged_of(actor, held)
        assert judged is not None
        assert judged.proportionality.verdict == "within"
        told = proceeding_told(sheet_of(actor, held, AT))["injury"]
        assert (told["figures"], told["gone"], told["typed_by"]) == ("read", "", "")
        whole = weighed_file(actor, held, "docx", at=AT, whole=True)
        open_version = weighed_file(actor, held, "docx", at=AT, whole=False)
        assert whole is not None
        assert open_version is not None
    printed = words_of(whole)
    for said in ("7.68 (4.76 to 16.92) USD million", "read by the product from a result",
                 "through what CHN does, 0.00199 %", "stay within the injury"):  # fmt: skip
        assert said in printed
    assert made.digest in printed.replace("\u200b", "").replace(" ", "")
    public = words_of(open_version)
    assert "between 5 and 10 USD million" in public
    for kept in (made.digest, name, "NOR", "0.00199", "7.68", "Replay", "Timber", "Salmon", "duty"):
        assert kept not in public, kept
    page = signed_in_client(scene.ours.reader).get(f"/desk/coercion/proceedings/{held.pk}/")
    assert "read from the file" in page.content.decode()


def test_of_a_front_no_more_is_kept_than_the_injury_was_read_from(scene: Scene) -> None:
    front = norway()
    with acting_as(scene.ours.documenter) as actor:
        held, name = opened(scene, actor), searched(scene, actor, front)
        made = attach_front(held, name, actor=actor, at=AT)
        shutil.rmtree(folder_of(scene.ours.id, name))
    with acting_as(scene.ours.reader) as actor:
        kept = calculation_of(actor, made)
        assert kept is not None
        assert gone(actor, made) == "", "searches make room; what was read stays"
        assert figures_read(actor, made)
    told = json.loads(kept)
    assert told["target_loss_pct"] == front.target_loss
    assert set(told["question"]) == {"episode", "elasticities", "horizon"}
    for each in ("partners", '"points"', "retaliation", "SWE", front.question.name):
        assert each not in kept.decode()


def test_a_front_about_others_or_over_a_table_that_was_replaced_is_refused(scene: Scene) -> None:
    old = replace(norway(), data_sha256="0" * 64)
    old = replace(old, digest=old.question.digest("0" * 64))
    with acting_as(scene.ours.documenter) as actor:
        held = opened(scene, actor)
        with pytest.raises(InstrumentRefused, match="no search of your organisation that found"):
            attach_front(held, "b" * 64, actor=actor, at=AT)
        name = searched(scene, actor, norway())
        with pytest.raises(MeasureRefused, match="what CN does to NO, and the proceeding about"):
            attach_front(scene.proceeding, name, actor=actor, at=AT)
        keep_sealed(scene.ours.id, name, "front.json", written_front(old).encode())
        with pytest.raises(InstrumentRefused, match="this copy holds another table"):
            attach_front(held, name, actor=actor, at=AT)
        keep_sealed(scene.ours.id, name, "front.json", b"{}")
        with pytest.raises(InstrumentRefused, match="holds no front that can be read"):
            attach_front(held, name, actor=actor, at=AT)
        assert injury_of(actor, held) is None
        assert not documents_for(actor).exists(), "nothing of what was refused is kept"


def test_a_result_that_another_table_replaced_does_not_count_any_more(scene: Scene) -> None:
    with acting_as(scene.ours.documenter) as actor:
        held = opened(scene, actor)
        made = attach_front(held, searched(scene, actor, norway()), actor=actor, at=AT)
        assert gone(actor, made) == ""
        made.read = made.read | {"table_sha256": "0" * 64}
        assert "this copy holds another table" in gone(actor, made)
        made.digest = "0" * 64
        assert "is not kept any more" in gone(actor, made)
        typed_then = Injury(kind=InjuryKind.FRONT, holder=scene.ours.id, digest="a" * 64)
        assert not figures_read(actor, typed_then), "amounts typed beside a front, as before"
        assert gone(actor, typed_then) == ""


# A scenario


def test_the_result_of_the_demonstration_is_what_its_scenario_gives() -> None:
    done = CliRunner().invoke(
        commands, ["simulate", str(EXAMPLE / "journeys.toml"), "--json", "--draws", "200"]
    )
    made = result_of_scenario("made.json", done.output.encode())
    kept = result_of_scenario("kept.json", _demonstration())
    assert (made.sides, made.unit, made.year) == (kept.sides, "EUR million", 2025)
    assert made.spent == pytest.approx(kept.spent, rel=1e-9)
    for code, loss in kept.losses.items():
        assert made.losses[code] == pytest.approx(loss, rel=1e-6), code


def _demonstration() -> bytes:
    return RESULT.replace(b'"XFR"\n', b'"XFR",\n        "XSY"\n', 1)


def test_an_injury_is_read_from_the_result_of_a_scenario(scene: Scene) -> None:
    held = scene.proceeding
    with acting_as(scene.ours.documenter) as actor:
        made = attach_calculation(held, "journeys.json", RESULT, actor=actor, at=AT)
        spent, change = 13605.774896873701, -0.6206280942179454
        assert float(made.best) == pytest.approx(-spent * change / 100, abs=0.005)
        assert (made.kind, float(made.low), float(made.high)) == ("scenario", 62.48, 97.56)
        assert calculation_of(actor, made) == RESULT
        assert made.read["target"] == "XFR"
        with pytest.raises(MeasureRefused, match="what XZ does to XF, XS, and the proceeding"):
            attach_calculation(held, "x.json", _demonstration(), actor=actor, at=AT)
        turned = RESULT.replace(b'"importers": [\n        "XZU"', b'"importers": [\n        "XRU"')
        with pytest.raises(MeasureRefused, match="and the proceeding about what XZ does to XF"):
            attach_calculation(held, "x.json", turned, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"money": None}, "write unit and year of a table"),
        ({"draws": None}, "is no result with an interval"),
        ({"shocks": []}, "is no result with an interval"),
        ({"shocks": [{"importers": [], "exporters": ["XFR"]}]}, "is no result with an interval"),
        ({"final_spending": {}}, "is no result with an interval"),
        ({"real_income_pct": {"XFR": True}}, "is no result with an interval"),
        ({"scenario": "x\x00"}, "is no result with an interval"),
        ({"money": {"unit": "EUR million", "year": 10**400}}, "is no result with an interval"),
    ],
)
def test_what_is_no_result_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        result_of_scenario("x.json", json.dumps(json.loads(RESULT) | change).encode())


def test_a_loss_that_cannot_be_kept_is_refused(scene: Scene) -> None:
    told = json.loads(RESULT)
    with acting_as(scene.ours.documenter) as actor:
        for spent, said in ((1e200, "write numbers from nought to 1e"), (1e308, "low, best and")):
            told["final_spending"]["XFR"] = spent
            told["real_income_pct"]["XFR"] = -1e5
            with pytest.raises(InstrumentRefused, match=said):
                attach_calculation(
                    scene.proceeding, "x.json", json.dumps(told).encode(), actor=actor, at=AT
                )


def test_a_file_that_is_no_json_or_too_large_is_refused() -> None:
    for content in (b"{}", b"3", b" " * (LARGEST_RESULT + 1)):
        with pytest.raises(FileRefused, match=r"x\.json: is no result"):
            result_of_scenario("x.json", content)
    for content in (b"[" * 100_000, b"\xff", b'{"a": nothing}', b"{} {}", b'{"a": 1,}'):
        with pytest.raises(FileRefused, match=r"x\.json: is not JSON: .*; correct the place"):
            result_of_scenario("x.json", content)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"a": 1,\n "b": [2', "line 2, column 9"),
        (b'{"a": "wor', "line 1, column 7"),
        (b'{"a": fals', "line 1, column 7"),
        (b'{"a": -', "line 1, column 7"),
        (b"", "line 1, column 1"),
        ('{"a":\n "Dué'.encode()[:-1], "line 2, column 5"),
    ],
)
def test_a_file_that_was_cut_is_refused_as_cut_with_the_place(content: bytes, place: str) -> None:
    with pytest.raises(FileRefused, match=rf"x\.json: {place}: ends in the middle; fetch"):
        result_of_scenario("x.json", content)


def test_wherever_a_scenario_is_cut_it_says_so() -> None:
    for at in range(1, len(RESULT) - 2, 97):
        with pytest.raises(FileRefused, match="ends in the middle"):
            result_of_scenario("x.json", RESULT[:at])
