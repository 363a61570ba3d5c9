"""The life of a case in dates, drawn from what is published of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from undaunted.prisoners.registry.templatetags.registry import act_label, term_label
from undaunted.site.charts.figure import Key, TableBehind
from undaunted.site.charts.timeline import Lane, Moment, Spell, Timeline
from undaunted.site.components.dates import partial_date

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DETENTION", "ShownSpell", "case_timeline"]

DETENTION = "deprivation_of_liberty"


class ShownSpell(Protocol):
    """What the timeline reads of a published spell."""

    category: str
    type: str
    start: str
    end: str
    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None
    release_type: str
    in_stock: bool


def case_timeline(spells: Iterable[ShownSpell], *, until: date) -> Timeline | None:
    """Draw every dated act until a day; None where nothing has a date."""
    dated = [spell for spell in spells if spell.start_earliest and spell.start_latest]
    if not dated:
        return None
    held = [spell for spell in dated if spell.category == DETENTION]
    others = [spell for spell in dated if spell.category != DETENTION]
    lanes = [
        Lane(_("Detention"), tuple(map(_stretch, held))),
        Lane(_("Ways out"), moments=tuple(_ways_out(held))),
        Lane(_("Other acts"), tuple(map(_stretch, others))),
    ]
    return Timeline(
        title=_("The case in dates"),
        description=_(
            "Stretches of detention on record: %(spells)s; other acts: %(others)s. Solid is "
            "certain; pale is possible, where a date is known in part."
        )
        % {"spells": len(held), "others": len(others)},
        lanes=tuple(lane for lane in lanes if lane.spells or lane.moments),
        until=until,
        table=TableBehind(
            (_("Act"), _("From"), _("To")),
            tuple((act_label(each.type), _date(each.start), _date(each.end)) for each in dated),
        ),
        keys=(Key("accent", _("Held")), Key("hairline-strong", _("Not counted as held"))),
    )


def _date(text: str) -> str:
    return partial_date(text).text if text else "\N{EN DASH}"


def _stretch(spell: ShownSpell) -> Spell:
    return Spell(
        act_label(spell.type),
        spell.start_earliest or date.min,
        spell.start_latest or date.min,
        spell.end_earliest,
        spell.end_latest,
        in_stock=spell.in_stock,
    )


def _ways_out(held: Iterable[ShownSpell]) -> Iterable[Moment]:
    for spell in held:
        if spell.release_type and spell.end_earliest and spell.end_latest:
            kind = "death" if spell.release_type == "died" else "release"
            words = term_label(spell.release_type, "release_types")
            last = max(spell.end_earliest, spell.end_latest - timedelta(days=1))
            yield Moment(words, spell.end_earliest, last, kind)
