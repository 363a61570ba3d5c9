"""What is wrong with a row of a sheet, and which rows the log holds already: in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undaunted.prisoners.campaigns.rules.rows import Fault

if TYPE_CHECKING:
    from undaunted.prisoners.campaigns.rules.rows import KnownRow, RowProblem

__all__ = ["known_told", "problem_told"]

_FAULTS: Final = {
    Fault.EMPTY: gettext_lazy("It is empty. Fill it in."),
    Fault.NO_DAY: gettext_lazy("“%(value)s” is no day. Write it as 2026-12-03."),
    Fault.TWO_DAYS: gettext_lazy("“%(value)s” can be two days. Write it as 2026-12-03."),
    Fault.AHEAD: gettext_lazy("The day lies ahead. Record a raise when it has happened."),
    Fault.REPLY_EARLY: gettext_lazy("The reply comes before the raise. Correct one of the days."),
    Fault.NO_COUNTRY: gettext_lazy(
        "“%(value)s” is no country. Give its name or its code, such as XS."
    ),
    Fault.TOO_LONG: gettext_lazy("It is too long. Write at most %(known)s letters."),
    Fault.UNPRINTABLE: gettext_lazy("It holds what cannot be printed. Write it anew."),
    Fault.NOT_KNOWN: gettext_lazy("“%(value)s” is not known here. Write one of: %(known)s."),
    Fault.NO_REPLY: gettext_lazy("There is a day of a reply, but no reply. Say what came."),
    Fault.OPEN_QUOTE: gettext_lazy("A quotation mark is not closed. Close it."),
    Fault.NO_CASE: gettext_lazy(
        "“%(value)s” is no case of this campaign. Attach it first, or leave the cell empty for "
        "the campaign as a whole."
    ),
    Fault.TWO_CASES: gettext_lazy(
        "“%(value)s” fits several cases. Write the reference of the one you mean: %(known)s."
    ),
    Fault.MODE: gettext_lazy(
        "This case may not be raised by this channel. Leave the row out, or ask whoever holds the "
        "consent."
    ),
    Fault.NOT_TOLD: gettext_lazy(
        "The person did not agree that “%(value)s” is told. Leave the row out, or ask whoever "
        "holds the consent."
    ),
    Fault.NO_ADOPTER: gettext_lazy(
        "“%(value)s” is no adopter here. Record them first, or leave the cell empty."
    ),
    Fault.TWO_ADOPTERS: gettext_lazy(
        "“%(value)s” fits several adopters. Write the id of the one you mean: %(known)s."
    ),
    Fault.TWICE: gettext_lazy("It is the same raise as in line %(known)s. Take one of them out."),
}


def problem_told(problem: RowProblem) -> str:
    """Give a problem in the reader's language: line, field, what is wrong, what to do."""
    told = _FAULTS[problem.fault] % {"value": problem.value, "known": problem.known}
    return _("Line %(line)s, %(field)s: %(told)s") % {
        "line": problem.line,
        "field": problem.field,
        "told": told,
    }


def known_told(row: KnownRow) -> str:
    """Give a row that the log holds already, with the entry that holds it."""
    values = {"line": row.line, "entry": row.earlier}
    if row.reply_is_new:
        return (
            _("Line %(line)s: already taken in as %(entry)s. Its reply is new: record it there.")
            % values
        )
    return _("Line %(line)s: already taken in as %(entry)s.") % values
