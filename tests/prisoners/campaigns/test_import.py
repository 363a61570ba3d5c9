"""A sheet of raises: taken in once, clear about whom it means, and about who raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.prisoners.campaigns.factories import AT, Scene, let_it_out, make_scene, raised
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.campaigns.actions import (
    Standing,
    check_rows,
    import_raises,
    record_adopter,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.analysis import desk_sheet
from undaunted.prisoners.campaigns.queries import (
    adopter_named,
    adopters_by_word,
    case_named,
    desk_cases,
    public_lines,
    raises_of,
)
from undaunted.prisoners.campaigns.rules import (
    AdopterKind,
    Channel,
    Level,
    Reply,
    SeveralFit,
    SheetRefused,
)
from undaunted.prisoners.campaigns.rules.rows import Fault, KnownRow, SheetRow

if TYPE_CHECKING:
    from undaunted.prisoners.campaigns.models import CampaignCase

pytestmark = pytest.mark.usefixtures("ledger")


def _row(scene: Scene, case: CampaignCase | None = None, **more: Any) -> SheetRow:
    """Give the row of a sheet that says what `raised` records."""
    told = SheetRow(
        2, date(2026, 11, 10), Channel.PUBLIC, Level.MINISTER, "Ministry of Justice", "XR",
        "Ilka Morvan", "XS", case=str(case.pk) if case else "", place="Zlin",
    )  # fmt: skip
    return replace(told, **more)


def test_sheet_that_comes_twice_counts_once(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    by_hand = raised(scene, scene.shown)
    same = _row(scene, scene.shown, counterpart="  ministry of JUSTICE")
    fresh = _row(scene, None, line=3, reply=Reply.DENIAL)
    with acting_as(scene.desk.documenter) as actor:
        done = import_raises(scene.campaign, [same, fresh], actor=actor, at=AT)
        assert (done.made, done.known) == (1, (KnownRow(2, by_hand.pk),))
        again = import_raises(scene.campaign, [same, fresh], actor=actor, at=AT)
        assert (again.made, [each.line for each in again.known]) == (0, [2, 3])
        assert raises_of(actor, scene.campaign).count() == 2
        # A reply that came since is told, and not lost among what is known.
        late = replace(fresh, reply=Reply.VISIT)
        (told,) = check_rows(scene.campaign, [late], actor=actor, at=AT).known
        assert told.reply_is_new
        # Each thing that makes a raise another one does.
        others = [
            _row(scene, scene.shown, line=at + 2, **more)
            for at, more in enumerate[dict[str, Any]]((
                {"day": date(2026, 11, 9)}, {"channel": Channel.MULTILATERAL},
                {"level": Level.HEAD}, {"counterpart": "President"}, {"by": "Embassy"},
            ))
        ]  # fmt: skip
        assert check_rows(scene.campaign, others, actor=actor, at=AT).known == []
        twice = replace(others[0], line=9)
        with pytest.raises(SheetRefused, match="Line 9, row: It is the same raise as in line 2"):
            import_raises(scene.campaign, [*others, twice], actor=actor, at=AT)
        # What was taken out as wrong may come again.
        withdraw_raise(by_hand, actor=actor, at=AT)
        assert import_raises(scene.campaign, [same], actor=actor, at=AT).made == 1


def test_name_that_fits_two_is_refused_with_whom_it_may_mean(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    name = "Олена Корсак"  # all three people of the scene are called so
    with acting_as(scene.desk.documenter) as actor:
        twin = Standing("Ilka Morvan", AdopterKind.CITY, "XF")
        other = record_adopter(scene.desk.organisation, twin, actor=actor, at=AT)
        known = {case.row.pk: case.mark for case in desk_cases(actor, scene.campaign)}
        marks = list(known.values())
        with pytest.raises(SeveralFit) as refusal:
            case_named(actor, scene.campaign, name.upper())
        assert all(mark in str(refusal.value) for mark in marks)
        held = case_named(actor, scene.campaign, known[scene.whispered.pk])
        assert held is not None
        assert held.row.pk == scene.whispered.pk
        with pytest.raises(SeveralFit, match=str(other.pk)):
            adopter_named(actor, scene.desk.organisation, "ilka morvan")
        assert adopter_named(actor, scene.desk.organisation, str(other.pk)) == other
        assert adopter_named(actor, scene.desk.organisation, "Nobody") is None
        rows = [
            replace(_row(scene), case=name), _row(scene, line=3, adopter="Ilka Morvan"),
            _row(scene, line=4, adopter="Nobody"), _row(scene, scene.silent, line=5),
            _row(scene, scene.whispered, line=6, channel=Channel.PRIVATE, by_country="XF"),
            _row(scene, line=7, reply=Reply.VISIT, reply_day=date(2026, 12, 24)),
        ]  # fmt: skip
        check = check_rows(scene.campaign, rows, actor=actor, at=AT)
    faults = [(each.line, each.fault) for each in check.problems]
    assert faults == [
        (2, Fault.TWO_CASES), (3, Fault.TWO_ADOPTERS), (4, Fault.NO_ADOPTER), (5, Fault.MODE),
        (6, Fault.NOT_TOLD), (7, Fault.AHEAD),
    ]  # fmt: skip
    assert set(check.problems[0].known.split(", ")) == set(marks)
    with acting_as(scene.desk.stranger) as actor:
        assert adopters_by_word(actor, scene.desk.organisation) == {}


def test_sheet_says_who_of_the_adopters_raised_and_the_printed_list_shows_it(
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    row = _row(scene, scene.shown, by="Embassy of Syldavia", adopter="ILKA morvan")
    with acting_as(scene.desk.documenter) as actor:
        import_raises(scene.campaign, [row], actor=actor, at=AT)
        document = desk_sheet(actor, scene.campaign, as_of=AT.date(), known_at="x", language="en")
    assert "Embassy of Syldavia (Syldavia) · Ilka Morvan" in str(document)
    let_it_out(scene)
    (line,) = public_lines(PUBLIC, scene.campaign.pk)
    assert (line.by, line.adopter) == ("Ilka Morvan", "Ilka Morvan")
