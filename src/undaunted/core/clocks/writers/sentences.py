"""Each step of a reckoning as a whole sentence in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from undaunted.core.clocks.rules import (
    Counting,
    Period,
    SourceStatus,
    StartEvent,
    State,
    Unit,
    zone_named,
)
from undaunted.site.components.clauses import comma_mark
from undaunted.site.components.dates import date_text
from undaunted.site.english import law_told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from django.utils.functional import _StrPromise

    from undaunted.core.clocks.rules import Deadline, Limit, Reckoned, Rule, Step

__all__ = [
    "counting_words",
    "day_words",
    "end_words",
    "ends_words",
    "explained",
    "period_words",
    "rule_title",
    "sentences",
    "start_words",
    "state_words",
    "status_words",
    "whose_words",
]

_SENTENCES: Mapping[str, _StrPromise] = {
    "start": _("The clock starts with this event: %(event)s, %(start)s."),
    "count.moment": _("Hours count from that very moment."),
    "count.next_hour": _("The hour of the event is not counted; counting begins at %(end)s."),
    "count.day_after": _("The day of the event is not counted; the next day is the first."),
    "count.same_day": _("The day of the event is the first day that counts."),
    "add.hours": _("%(period)s later it is %(end)s."),
    "add.days": _("%(period)s later it is %(end)s."),
    "add.weeks": _("%(period)s later, on the same day of the week, it is %(end)s."),
    "add.months": _("%(period)s later, on the same date, it is %(end)s."),
    "add.years": _("%(period)s later, on the same date, it is %(end)s."),
    "add.months_cut": _(
        "%(period)s later there is no day %(day)s in the month, so it is the last day of that "
        "month: %(end)s."
    ),
    "add.years_cut": _(
        "%(period)s later there is no day %(day)s in the month, so it is the last day of that "
        "month: %(end)s."
    ),
    "add.day_before": _(
        "The day of the event counted, so the last day is the one before: %(end)s."
    ),
    "add.working_days": _("%(period)s later, weekends left out, it is %(end)s."),
    "add.working_days_holidays": _(
        "%(period)s later, weekends and holidays (%(holidays)s) left out, it is %(end)s."
    ),
    "stop.shift": _(
        "The clock stood still from %(since)s to %(until)s, which moves the end to %(end)s."
    ),
    "stop.passed_over": _(
        "The clock stood still from %(since)s to %(until)s; that time is not counted."
    ),
    "stop.standing": _(
        "The clock has stood still since %(since)s. If it went on now, the end would move to "
        "%(end)s or later."
    ),
    "extension": _("Extension %(number)s is counted from %(start)s."),
    "roll.weekend": _("%(start)s is a day of the weekend; the next working day is %(end)s."),
    "roll.holiday": _("%(start)s is a holiday (%(holiday)s); the next working day is %(end)s."),
    "end.day": _("The time ends at 24:00 on %(end)s, in the time zone %(zone)s."),
    "end.moment": _("The time ends at %(end)s."),
    "caution.weekends_only": _(
        "Only weekends are left out here. Holidays of this authority are not in the calendar: look "
        "them up."
    ),
    "caution.soft": _("This limit is normally kept; to pass it is no breach."),
    "caution.long_stop": _("No stop and no extension moves this limit."),
    "caution.secondary": _("The rule was read in a copy or a report, not at its source."),
    "caution.unverified": _("The rule was not read at its source. Check it before you rely on it."),
}

_STARTS: Mapping[StartEvent, _StrPromise] = {
    StartEvent.ACCEPTANCE: _("the filing was accepted"),
    StartEvent.ADMISSIBILITY: _("the request was declared admissible"),
    StartEvent.ADOPTION: _("the act was adopted"),
    StartEvent.ALERT: _("the alert came in"),
    StartEvent.CLOSURE: _("the case was closed"),
    StartEvent.COMPLETE_FILING: _("the filing was complete"),
    StartEvent.COMPLETION: _("the investment was completed"),
    StartEvent.DISCOVERY: _("the new fact was discovered"),
    StartEvent.END_OF_LIMITS: _("the earlier time limit ran out"),
    StartEvent.END_OF_MEASURES: _("the measures ended"),
    StartEvent.INFORMATION: _("the additional information arrived"),
    StartEvent.NOTICE: _("the notice was given"),
    StartEvent.ORDER: _("the order was made"),
    StartEvent.RECEIPT: _("it was received"),
    StartEvent.RECORDING: _("it was recorded"),
    StartEvent.START_OF_EXAMINATION: _("the examination began"),
    StartEvent.SUBMISSION: _("the proposal was submitted"),
    StartEvent.TRANSMISSION: _("it was transmitted"),
}

_STATES: Mapping[State, _StrPromise] = {
    State.NOT_STARTED: _("Not started"),
    State.RUNNING: _("Running"),
    State.STOPPED: _("Standing still"),
    State.SOFT_OVERDUE: _("Past the normal time"),
    State.OVERDUE: _("Overdue"),
    State.MET: pgettext_lazy("deadline", "Met"),
    State.SOFT_LATE: _("Met past the normal time"),
    State.LATE: _("Met late"),
}

_STATUSES: Mapping[SourceStatus, _StrPromise] = {
    SourceStatus.VERIFIED: _("Read at the source"),
    SourceStatus.SECONDARY: _("Read in a copy or a report"),
    SourceStatus.UNVERIFIED: _("Not read"),
    SourceStatus.PROPOSAL: _("a proposal of this product, no law"),
}

_COUNTINGS: Mapping[Counting, _StrPromise] = {
    Counting.MOMENT: _("from the moment of the event"),
    Counting.NEXT_HOUR: _("from the hour after the event"),
    Counting.DAY_AFTER: _("from the day after the event"),
    Counting.SAME_DAY: _("from the day of the event"),
}


def explained(step: Step, rule: Rule, zone: str) -> str:
    """Give the sentence of one step."""
    place = zone_named(zone)
    values = dict(step.values)
    for name in ("since", "until"):
        if name in values:
            timed = "T" in values[name]
            values[name] = day_words(datetime.fromisoformat(values[name]), place, timed=timed)
    values |= {"start": day_words(step.start, place), "end": day_words(step.end, place)}
    values["event"] = str(_STARTS[rule.starts])
    if "amount" in values:
        unit = Unit(step.key.removeprefix("add.").removesuffix("_cut").removesuffix("_holidays"))
        values["period"] = period_words(Period(int(values["amount"]), unit))
    return str(_SENTENCES[step.key]) % values


def sentences(limit: Reckoned, rule: Rule, zone: str) -> list[str]:
    """Give the explanation of one limit, step by step."""
    return [explained(step, rule, zone) for step in limit.steps]


def day_words(when: date, zone: ZoneInfo, *, timed: bool = True) -> str:
    """Give a day, or a moment with its minutes in `zone`, as the reader writes it."""
    if isinstance(when, datetime) and timed:
        local = when.astimezone(zone)
        return f"{date_text(local.date())}{comma_mark(apart=True)}{local:%H:%M} ({zone.key})"
    return date_text(when)


def end_words(rule: Rule, ends_at: datetime, zone: str = "") -> str:
    """Give an end as people say it: the last day, or the moment where hours count."""
    place = zone_named(zone or rule.zone)
    if rule.limits[0].period.unit is Unit.HOURS:
        return day_words(ends_at, place)
    return day_words((ends_at.astimezone(place) - timedelta(seconds=1)).date(), place)


def ends_words(deadline: Deadline) -> str:
    """Give the end of a deadline or, where each of several has its own, every one with whose it is.

    Empty for a clock that has not started.
    """
    rule, zone = deadline.rule, deadline.zone
    theirs = [each for each in deadline.limits if each.limit.whose]
    if not theirs:
        return "" if deadline.due_at is None else end_words(rule, deadline.due_at, zone)
    return " \N{MIDDLE DOT} ".join(
        f"{whose_words(each.limit)}: {end_words(rule, each.ends_at, zone)}" for each in theirs
    )


def whose_words(limit: Limit) -> str:
    """Give for whom an end is, in the reader's language; nothing where it is everybody's."""
    return law_told(limit.whose) if limit.whose else ""


def period_words(period: Period) -> str:
    """Give a period as it is said: 4 months."""
    values = {"amount": period.amount}
    said = {
        Unit.HOURS: ngettext("%(amount)s hour", "%(amount)s hours", period.amount),
        Unit.DAYS: ngettext("%(amount)s day", "%(amount)s days", period.amount),
        Unit.WORKING_DAYS: ngettext(
            "%(amount)s working day", "%(amount)s working days", period.amount
        ),
        Unit.WEEKS: ngettext("%(amount)s week", "%(amount)s weeks", period.amount),
        Unit.MONTHS: ngettext("%(amount)s month", "%(amount)s months", period.amount),
        Unit.YEARS: ngettext("%(amount)s year", "%(amount)s years", period.amount),
    }
    return said[period.unit] % values


def rule_title(rule: Rule, *, short: bool = False) -> str:
    """Give the title in the reader's language, of its pack or of the catalogue, else English."""
    texts = rule.short if short else rule.title
    return texts.get(get_language() or "en") or law_told(texts["en"])


def start_words(event: StartEvent) -> str:
    """Give what sets the clock going."""
    return str(_STARTS[event])


def state_words(state: State) -> str:
    """Give a state in words."""
    return str(_STATES[state])


def status_words(status: SourceStatus) -> str:
    """Give how well a rule is known, in words."""
    return capfirst(str(_STATUSES[status]))


def counting_words(counting: Counting) -> str:
    """Give where counting begins, in words."""
    return str(_COUNTINGS[counting])
