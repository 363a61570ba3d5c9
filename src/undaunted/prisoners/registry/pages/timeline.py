"""The life of a case in dates, drawn from what is published of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undaunted.prisoners.registry.rules.held_today import Held
from undaunted.prisoners.registry.rules.month_ends import month_end
from undaunted.prisoners.registry.templatetags.registry import act_label, term_label
from undaunted.site.charts.figure import Key, TableBehind
from undaunted.site.charts.timeline import Lane, Moment, Spell, Timeline
from undaunted.site.components.dates import partial_date

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DETENTION", "ShownSpell", "case_timeline", "end_words"]

DETENTION = "deprivation_of_liberty"
LASTING = frozenset({"civil_death", "enforced_disappearance"})
"""Acts beside detention that go on until they end; all others happen on a day."""


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


def case_timeline(
    spells: Iterable[ShownSpell],
    *,
    until: date,
    held: Held = Held.SURELY,
    died_on: date | None = None,
) -> Timeline | None:
    """Draw every dated act until a day; None where nothing has a date.

    `held` is what the counting rule says of that day. What has no end on record goes on, or ends
    with death in the month of `died_on`.
    """
    shown = list(spells)
    death = died_on if held is Held.UNTIL_DEATH else None
    dated = [spell for spell in shown if spell.start_latest]
    if not dated:
        return None
    edge = min(spell.start_earliest or spell.start_latest or until for spell in dated)
    detained = [spell for spell in dated if spell.category == DETENTION]
    lasting = [spell for spell in dated if spell.category in LASTING]
    charges = [spell for spell in dated if spell.category == "charge"]
    apart = {DETENTION, "charge", "release", *LASTING}
    others = [spell for spell in dated if spell.category not in apart]
    lanes = [
        Lane(_("Detention"), tuple(_stretch(each, edge, death) for each in detained)),
        Lane(_("Charges"), moments=tuple(_moment(each, "charge") for each in charges)),
        Lane(_("Ways out"), moments=tuple(_ways_out(detained))),
        Lane(_("Civil death"), tuple(_stretch(each, edge, None) for each in lasting)),
        Lane(_("Other acts"), moments=tuple(_moment(each, "other") for each in others)),
    ]
    return Timeline(
        title=_("The case in dates"),
        description=_(
            "Stretches of detention on record: %(spells)s; other acts: %(others)s. Solid is "
            "certain; pale is possible, where a date is known in part."
        )
        % {"spells": len(detained), "others": len(lasting) + len(charges) + len(others)},
        lanes=tuple(lane for lane in lanes if lane.spells or lane.moments),
        until=until,
        table=TableBehind(
            (_("Act"), _("From"), _("To")),
            tuple((_label(each), _date(each.start), end_words(each, held)) for each in shown),
        ),
        notes=tuple(_notes(shown)),
        keys=(Key("accent", _("Held")), Key("hairline-strong", _("Not counted as held"))),
    )


def end_words(spell: ShownSpell, held: Held) -> str:
    """Give when an act ended, or what stands instead of an end, as the counting rule reads it."""
    if spell.end or not (spell.category == DETENTION or spell.category in LASTING):
        return _date(spell.end)
    if spell.category == DETENTION and spell.in_stock:
        if held is Held.UNTIL_DEATH:
            return _("until death")
        if held not in {Held.SURELY, Held.UNCONFIRMED}:
            return _("no end is on record")
    return _("goes on")


def _notes(shown: list[ShownSpell]) -> Iterable[str]:
    """Say what the drawing cannot show."""
    if any(spell.start_latest and not spell.start_earliest for spell in shown):
        yield _("Where nobody knows since when, the pale part begins at the edge of the drawing.")
    undated = sum(not spell.start_latest for spell in shown)
    if undated:
        yield ngettext(
            "%(count)s act without a date is in the table only.",
            "%(count)s acts without a date are in the table only.",
            undated,
        ) % {"count": undated}


def _label(spell: ShownSpell) -> str:
    if spell.category == "release" and spell.release_type:
        return term_label(spell.release_type, "release_types")
    return act_label(spell.type)


def _moment(spell: ShownSpell, kind: str) -> Moment:
    last = spell.start_latest or date.min
    return Moment(act_label(spell.type), spell.start_earliest or last, last, kind)


def _date(text: str) -> str:
    return partial_date(text).text if text else "\N{EN DASH}"


def _stretch(spell: ShownSpell, edge: date, death: date | None) -> Spell:
    """Draw an act that lasts; one whose beginning nobody knows may go back to the edge."""
    first, last = spell.end_earliest, spell.end_latest
    if death and not spell.end:
        first, last = death.replace(day=1), month_end(death)
    return Spell(
        act_label(spell.type),
        spell.start_earliest or edge,
        spell.start_latest or edge,
        first,
        last,
        in_stock=spell.in_stock,
    )


def _ways_out(held: Iterable[ShownSpell]) -> Iterable[Moment]:
    for spell in held:
        if spell.release_type and spell.end_earliest and spell.end_latest:
            kind = "death" if spell.release_type == "died" else "release"
            words = term_label(spell.release_type, "release_types")
            last = max(spell.end_earliest, spell.end_latest - timedelta(days=1))
            yield Moment(words, spell.end_earliest, last, kind)
