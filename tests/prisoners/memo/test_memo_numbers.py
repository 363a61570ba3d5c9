"""What a memo says of numbers: breaks as breaks, trends by a test, tactics counted or not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.prisoners.memo.factories import AT
from tests.prisoners.registry.published_factory import Case, Stay, publish
from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import Footnote, Strong, laid_out, tables_in
from undaunted.prisoners.memo.actions import MemoWanted, draw_open_memo
from undaunted.prisoners.memo.rules import MemoRefused
from undaunted.prisoners.registry.queries.tactics import tactics_on

if TYPE_CHECKING:
    from undaunted.prisoners.memo.analysis import DrawnMemo

pytestmark = pytest.mark.usefixtures("ledger")
AS_OF = date(2026, 6, 30)


def _drawn(country: str = "XR", **more: Any) -> DrawnMemo:
    wanted = MemoWanted(
        country=country, counterpart="Minister", meets_on=date(2026, 12, 2), as_of=AS_OF, **more
    )
    return draw_open_memo(wanted, actor=PUBLIC, at=AT)


def _words(drawn: DrawnMemo) -> str:
    """Give every word of a memo, notes in brackets."""
    told = []
    for item in laid_out(drawn.memo.document).items:
        texts = [item.text] if hasattr(item, "text") else getattr(item, "items", ())
        for text in texts:
            for piece in text:
                if isinstance(piece, Footnote):
                    told.append(f"[{''.join(map(str, piece.text))}]")
                else:
                    told.append(piece.text if isinstance(piece, Strong) else str(piece))
    return " ".join(" ".join(told).split())


def _person(number: int, **more: Any) -> Case:
    return Case(reference=f"XR-{number:05}", name=f"Person {number}", **more)


def test_list_that_came_in_between_is_a_break_and_no_change(owner_sql: Any) -> None:
    old = [
        _person(n, lists=("old-list",), stays=(Stay(date(2019, 3, 4)),), gender="male")
        for n in range(3)
    ]
    new = [_person(9 + n, lists=("new-list",), stays=(Stay(date(2025, 9, 1)),)) for n in range(2)]
    publish(owner_sql, *old, *new)
    drawn = _drawn()
    told = _words(drawn)
    assert "People held on 30 June 2026: 5." in told
    assert "On 30 June 2025: 3, but other sources counted: new-list came in between." in told
    assert "The step is no change." in told
    assert "Each list on both days: old-list 3 → 3." in told
    assert "Too few years compare (1) to speak of a trend." in told
    assert "Women: 2." in told
    assert drawn.memo.chart is not None
    assert [bar.value for bar in drawn.memo.chart.bars] == [0, 0, 3, 3, 3, 3, 3, 3, 3, 5]
    assert [bar.label for bar in drawn.memo.chart.bars if bar.break_before] == ["2026"]


def test_steady_rise_with_the_same_sources_is_a_trend(owner_sql: Any) -> None:
    publish(
        owner_sql,
        *(
            _person(n, stays=(Stay(date(2017 + n, 1, 5), laws=("terrorism",)),), roles=("lawyer",))
            for n in range(9)
        ),
        _person(20, stays=(Stay(date(2018, 2, 2), date(2026, 1, 9), release_type="died"),)),
    )  # fmt: skip
    drawn = _drawn()
    told = _words(drawn)
    assert "On 30 June 2025, counted from the same sources: 10 (-1)." in told
    assert "Rising over the years that compare (10)." in told
    assert "p < 0.001;" in told
    assert "who agreed to be is known to whoever signs in" in told
    assert "Numbers have risen" not in told  # beside a last year that went back
    before = MemoWanted(
        country="XR", counterpart="Minister", meets_on=AS_OF, as_of=date(2025, 6, 30)
    )
    earlier = _words(draw_open_memo(before, actor=PUBLIC, at=AT))
    assert "Numbers have risen from 2017 to 2025; we ask" in earlier
    assert "Lawyer 9." in told
    assert "errorism 9" in told
    assert drawn.memo.stats[0].value == "9"
    assert drawn.memo.document.hypothetical


def test_tactics_are_counted_by_country_or_not_at_all(owner_sql: Any) -> None:
    publish(
        owner_sql,
        _person(1, stays=(Stay(date(2024, 1, 5), type="house_arrest"),)),
        _person(2, stays=(Stay(date(2020, 1, 5), date(2022, 1, 5), type="camp"),)),
        Case(
            reference="XS-00001", country="XS", stays=(Stay(date(2024, 1, 5), type="house_arrest"),)
        ),
    )
    found = {each.code: each for each in tactics_on(PUBLIC, as_of=AS_OF)}
    assert found["house_arrest"].by_country == (("XR", 1), ("XS", 1))
    assert found["house_arrest"].persons == 2
    for code, persons in (("camp", 0), ("visa_ban", 0), ("torture", None)):
        assert found[code].by_country == ()
        assert found[code].persons == persons
    assert "release" not in found
    then = {each.code: each for each in tactics_on(PUBLIC, as_of=date(2021, 5, 5), country="XR")}
    assert then["camp"].persons == 1
    assert then["house_arrest"].persons == 0


def test_tactics_hold_the_confidence_of_the_count_and_deaths_are_counted(owner_sql: Any) -> None:
    publish(
        owner_sql,
        _person(1),
        _person(2, tier="C"),
        _person(3, status="candidate"),
        _person(4, stays=(Stay(date(2019, 1, 5), date(2025, 9, 1), release_type="died"),)),
    )
    drawn = _drawn()
    told = _words(drawn)
    assert drawn.memo.stats[0].value == "1"
    assert "Pre-trial detention 1 . [Confidence A or B." in told
    assert "Act of civil death : 0 . [" in told
    assert "Death in custody : 1 . [After 30 June 2025" in told
    assert "Death in custody" not in told.partition("Not counted:")[2].partition(".")[0]
    world = draw_open_memo(MemoWanted(as_of=AS_OF), actor=PUBLIC, at=AT).memo.document
    rows = {row[1]: row[2:] for table in tables_in(world) for row in table.rows}
    assert rows["Death in custody"] == ("1", "Ruritania 1")
    assert rows["Visa ban"] == ("0", "")
    assert rows["Torture"] == ("not counted", "")


def test_world_as_known_earlier_counts_what_was_known(owner_sql: Any) -> None:
    publish(owner_sql, _person(1, stays=(Stay(date(2019, 1, 5)),)))
    before = MemoWanted(as_of=date(2019, 12, 1), known_at=datetime(2019, 12, 2, tzinfo=UTC))
    assert draw_open_memo(before, actor=PUBLIC, at=AT).memo.stats[0].value == "0"
    after = MemoWanted(as_of=date(2019, 12, 1), known_at=datetime(2020, 2, 2, tzinfo=UTC))
    drawn = draw_open_memo(after, actor=PUBLIC, at=AT)
    assert [each.value for each in drawn.memo.stats] == ["1", "1"]
    late = MemoWanted(known_at=datetime(2027, 2, 2, tzinfo=UTC))
    with pytest.raises(MemoRefused, match="has not come"):
        draw_open_memo(late, actor=PUBLIC, at=AT)
