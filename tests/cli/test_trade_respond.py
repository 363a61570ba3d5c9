"""`undaunted trade respond`: a question in, the front, its points and a brief out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.coercion.response.questions import SMALL, write_question
from undaunted.cli import trade_respond
from undaunted.cli.trade import commands
from undaunted.cli.trade_respond import FRONT, STATE
from undaunted.coercion.response.analysis.laying import laid_out
from undaunted.coercion.response.analysis.weighing import Shared, weigh
from undaunted.coercion.response.readers.fronts import FrontBroken, read_front, written_front
from undaunted.coercion.response.readers.question import read_question
from undaunted.coercion.response.readers.scenario import read_scenario
from undaunted.coercion.response.writers import pages_of, write_scenario
from undaunted.engines.trade import Key, MeasureRefused, solve

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from undaunted.coercion.response.analysis.laying import Laid
    from undaunted.engines.trade import SearchState


def told(*words: str) -> Result:
    return CliRunner().invoke(commands, ["respond", *words], env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("respond")
    answer = told(str(write_question(folder)), "--out", str(folder / "out"))
    assert answer.exit_code == 0, answer.output
    return folder


def test_front_points_and_brief_are_written(found: Path) -> None:
    out = found / "out"
    front = read_front((out / FRONT).read_text(encoding="utf-8"), where=FRONT)
    rows = list(csv.DictReader(io.StringIO((out / "points.csv").read_text(encoding="utf-8"))))
    assert [float(row["harm_pct"]) for row in rows] == [each.harm for each in front.points]
    assert len(rows) == len(list((out / "points").glob("*.toml"))) > 2
    harms = [each.harm for each in front.points]
    assert harms == sorted(harms)
    assert all(each.certificate.residual <= 1e-8 for each in front.points)
    assert all(min(each.changes.values()) >= -5 - 1e-6 for each in front.points)
    assert front.target_loss > 0
    assert set(front.band) == set(front.sets) > {"short run"}
    pdf, word = (out / "brief.pdf").read_bytes(), (out / "brief.docx").read_bytes()
    assert pages_of(pdf) <= 2
    assert "CCC" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert not (out / STATE).exists()


def test_each_point_is_told_again_by_its_scenario_and_by_hand(found: Path) -> None:
    asked = read_question(found / "question.toml")
    laid = laid_out(asked)
    front = read_front((found / "out" / FRONT).read_text(encoding="utf-8"), where=FRONT)
    for point in (front.points[1], front.points[-1]):
        weighed = weigh(laid, point, {})
        assert weighed.harm == pytest.approx(point.harm, abs=1e-6)
        assert weighed.cost == pytest.approx(point.cost, abs=1e-6)
        assert weighed.transfers == pytest.approx(point.transfers, abs=1e-2)
        assert sum(weighed.transfers.values()) == pytest.approx(0, abs=1e-2)
        path = found / "again.toml"
        text = write_scenario(front, point).replace("note =", 'data = "mine.npz"\nnote =')
        path.write_text(text, encoding="utf-8")
        again = solve(laid.ground, read_scenario(path).scenario)
        before = laid.episode.real_income_pct["CCC"]
        harm = 100 * (1 - (1 + again.real_income_pct["CCC"] / 100) / (1 + before / 100))
        assert harm == pytest.approx(point.harm, abs=0.02)


def test_partners_are_left_out_and_changed_one_by_one(found: Path) -> None:
    laid = laid_out(read_question(found / "question.toml"))
    front = read_front((found / "out" / FRONT).read_text(encoding="utf-8"), where=FRONT)
    point = front.points[-1]
    assert point.members == ("AAA", "BBB")
    alone = weigh(laid, point, {"AAA": "out"})
    assert alone.members == ("BBB",)
    assert set(alone.transfers.values()) == {0.0}
    assert alone.harm < point.harm
    milder = weigh(laid, point, {"AAA": "10", "BBB": "as"})
    assert {each[2] for each in milder.levels["AAA"]} == {10.0}
    nobody = weigh(laid, point, {"AAA": "out", "BBB": "out"})
    assert nobody.members == ()
    assert (nobody.harm, nobody.cost) == pytest.approx((0, 0), abs=1e-6)
    for changed in ({"ZZZ": "out"}, {"AAA": "11"}, {"AAA": "1e999"}):
        with pytest.raises(MeasureRefused):
            weigh(laid, point, changed)


def test_partners_that_are_changed_bear_what_their_own_measures_cost_by_shapleys_key(
    found: Path,
) -> None:
    """Two partners have two orders: each is held against equilibria solved by themselves."""
    asked = read_question(found / "question.toml")
    front = read_front((found / "out" / FRONT).read_text(encoding="utf-8"), where=FRONT)
    point = replace(front.points[-1], choice=(1, 1, 2, 2))
    terms = replace(asked.terms, transfers=Key.SHAPLEY)
    free, shared = (
        laid_out(replace(asked, terms=each)) for each in (replace(terms, transfers=None), terms)
    )
    income = dict(zip(shared.ground.world.regions, shared.ground.world.income, strict=True))

    def lost(changed: dict[str, str]) -> float:
        changes = weigh(free, point, {"BBB": "10"} | changed).changes
        return float(sum(changes[name] * income[name] for name in ("AAA", "BBB")))

    both, first, second = lost({}), lost({"BBB": "out"}), lost({"AAA": "out"})
    bears = {
        "AAA": (both + first - second) / 2 / income["AAA"],
        "BBB": (both + second - first) / 2 / income["BBB"],
    }
    weighed = weigh(shared, point, {"BBB": "10"})
    off = {name: weighed.changes[name] - each for name, each in bears.items()}
    assert abs(bears["AAA"] - bears["BBB"]) > 0.1
    assert off["AAA"] == pytest.approx(off["BBB"], abs=1e-6)  # what payments move, shared alike
    assert abs(off["AAA"]) < 0.002
    assert weighed.shared == Shared(0, 0.0)
    assert weigh(free, point, {}).shared is None
    nobody = weigh(shared, point, {"AAA": "out", "BBB": "out"})
    assert (nobody.shared, set(nobody.transfers.values())) == (Shared(0, 0.0), {0.0})


def test_folder_keeps_its_answer_and_refuses_another_question(found: Path) -> None:
    before = (found / "out" / FRONT).read_bytes()
    again = told(str(found / "question.toml"), "--out", str(found / "out"), "--point", "99")
    assert again.exit_code == 2
    assert "point: 99 is not there; this front has points 1 to" in again.output
    assert (found / "out" / FRONT).read_bytes() == before
    (found / "other.toml").write_text(SMALL.replace("[10, 50]", "[10, 20]"), encoding="utf-8")
    other = told(str(found / "other.toml"), "--out", str(found / "out"))
    assert other.exit_code == 2
    assert "another question" in other.output


def test_search_goes_on_to_the_same_end(found: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, question = found / "second", found / "question.toml"
    keep = vars(trade_respond)["_keep"]

    def broken_off(laid: Laid, state: SearchState, folder: Path) -> None:
        keep(laid, state, folder)
        if state.rounds == 1:
            raise OSError("the machine was switched off")

    with monkeypatch.context() as change:
        change.setattr(trade_respond, "_keep", broken_off)
        assert told(str(question), "--out", str(out)).exit_code == 2
    with np.load(out / STATE) as held:
        assert int(held["rounds"]) == 1
    assert told(str(question), "--out", str(out)).exit_code == 0
    assert (out / FRONT).read_bytes() == (found / "out" / FRONT).read_bytes()


def test_states_of_other_questions_and_broken_ones_are_refused(found: Path) -> None:
    out = found / "third"
    out.mkdir()
    np.savez(out / "x.npz", digest=np.array("0" * 64))
    (out / "x.npz").rename(out / STATE)
    other = told(str(found / "question.toml"), "--out", str(out))
    assert (other.exit_code, "search for another question" in other.output) == (2, True)
    (out / STATE).write_bytes(b"not an archive")
    broken = told(str(found / "question.toml"), "--out", str(out))
    assert (broken.exit_code, "cannot be read; take it away" in broken.output) == (2, True)


def test_bad_questions_and_infeasible_terms_say_what_binds(found: Path) -> None:
    (found / "bad.toml").write_text(SMALL.replace('"TTT"\np', '"ttt"\np'), encoding="utf-8")
    bad = told(str(found / "bad.toml"), "--out", str(found / "bad"))
    assert (bad.exit_code, "target: 'ttt'; write a country's ISO3" in bad.output) == (2, True)
    hard = SMALL.replace("ceiling = 5", "ceiling = 5\nleast_harm = 90")
    (found / "hard.toml").write_text(hard, encoding="utf-8")
    answer = told(str(found / "hard.toml"), "--out", str(found / "hard"))
    assert (answer.exit_code, "least_harm" in answer.output) == (2, True)


def test_front_that_was_changed_is_not_shown(found: Path) -> None:
    text = (found / "out" / FRONT).read_text(encoding="utf-8")
    front = read_front(text, where=FRONT)
    assert written_front(front) == text
    held = json.loads(text)
    changes: list[dict[str, object]] = [
        {"question": held["question"] | {"seed": 7}},
        {"digest": "0" * 64},
        {"version": 2},
        {"points": []},
        {"points": [{"number": 1}]},
        {"more": 1},
    ]
    for change in changes:
        with pytest.raises(FrontBroken):
            read_front(json.dumps(held | change), where=FRONT)
    for broken in ("[]", "{", "[" * 100_000):
        with pytest.raises(FrontBroken):
            read_front(broken, where=FRONT)
