"""Words of the matrix in the reader's language: states of cells, ties, ages of lists, sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language_bidi, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.writers import place_told
from undaunted.core.listings.writers import told as list_word
from undaunted.repression.sanctions.rules import (
    Followed,
    Footing,
    State,
    Tie,
)
from undaunted.repression.sanctions.writers.laws import and_list, authority_short, test_sentence
from undaunted.site.components.clauses import clauses_text, commas_text
from undaunted.site.components.dates import date_text, partial_date
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.utils.functional import _StrPromise

    from undaunted.repression.sanctions.rules import Cell, Lag, Line, ListSpoken, RegimeTest

__all__ = [
    "ALONE",
    "ALONE_NOTE",
    "FOLLOWED",
    "LISTED_THEN",
    "LISTED_THEN_NOTE",
    "SHORT_WORDS",
    "STATE_NOTES",
    "STATE_WORDS",
    "TIES",
    "any_alone",
    "any_kept",
    "as_of_told",
    "cell_short",
    "cell_told",
    "gap_sentences",
    "lag_told",
    "laid_apart",
    "line_parts",
    "line_told",
]

STATE_WORDS: dict[State, _StrPromise] = {
    State.LISTED: _("Listed"),
    State.UNTOLD: _("Listed; whether by the measure asked about is not told"),
    State.OTHERWISE: _("Listed, not by the measure or law asked about, as far as the list says"),
    State.POSSIBLY: _("Possibly listed: a pair waits for a judgement"),
    State.POSSIBLY_OTHERWISE: _("Possibly listed otherwise: a pair waits for a judgement"),
    State.POSSIBLY_DELISTED: _("Possibly delisted: a pair waits for a judgement"),
    State.DELISTED: _("Delisted"),
    State.MISSING: _("Missing from a file that one person brought"),
    State.UNREAD: _("Perhaps in a row that could not be read"),
    State.GONE: _("No longer in the list"),
    State.ENDED: _("Listing ended"),
    State.NOT_FOUND: _("Not found"),
    State.NOT_COMPARED: _("Nothing can be said: not yet compared"),
    State.OLD: _("Nothing can be said: the version is old"),
    State.UNDATED: _("Nothing can be said: the version is of no known day"),
    State.LATER: _("Nothing can be said: only a later version is held"),
    State.SILENT: _("Nothing can be said: the list holds no such measures"),
    State.NOT_LOADED: _("Nothing can be said: no list is loaded"),
}
SHORT_WORDS: dict[State, _StrPromise] = {
    State.LISTED: _("Listed"),
    State.UNTOLD: _("Listed, measure not told"),
    State.OTHERWISE: _("Listed otherwise"),
    State.POSSIBLY: _("Possibly listed"),
    State.POSSIBLY_OTHERWISE: _("Possibly listed otherwise"),
    State.POSSIBLY_DELISTED: _("Possibly delisted"),
    State.DELISTED: _("Delisted"),
    State.MISSING: _("Missing from a file that one person brought"),
    State.UNREAD: _("Perhaps in a row that could not be read"),
    State.GONE: _("No longer in the list"),
    State.ENDED: _("Listing ended"),
    State.NOT_FOUND: _("Not found"),
    State.NOT_COMPARED: _("Not compared"),
    State.OLD: _("Old version"),
    State.UNDATED: _("Day not known"),
    State.LATER: _("Later version"),
    State.SILENT: _("No such measures"),
    State.NOT_LOADED: _("Not loaded"),
}
STATE_NOTES: dict[State, _StrPromise] = {
    State.LISTED: _("An entry stands on that day, as far as the version says."),
    State.UNTOLD: _(
        "An entry stands, and neither it nor a resolution behind it tells whether the measure asked"
        " about holds. That is no gap."
    ),
    State.OTHERWISE: _(
        "An entry stands, and does not say that the measure or law asked about holds."
    ),
    State.POSSIBLY: _(
        "An entry there is alike, and two people have not settled whether they are the same."
    ),
    State.POSSIBLY_OTHERWISE: _(
        "An entry there is alike and does not say that the measure or law asked about holds;"
        " two people have not settled whether they are the same."
    ),
    State.POSSIBLY_DELISTED: _(
        "An entry there that stands no more is alike, and two people have not settled whether"
        " they are the same."
    ),
    State.DELISTED: _("The list says so."),
    State.MISSING: _(
        "That file was brought by one person; neither the issuer's address nor a second person"
        " confirmed it."
    ),
    State.UNREAD: _(
        "A row could not be read, and nobody knows whose it is: whoever is missing from the list"
        " may stand in it."
    ),
    State.GONE: _("A later version no longer holds the entry; the list does not say why."),
    State.ENDED: _("The day on which it ends is past."),
    State.NOT_FOUND: _(
        "A current version, wholly compared, holds no such entry. That is no verdict."
    ),
    State.NOT_COMPARED: _("Nothing can be said: entries there or here were not yet compared."),
    State.OLD: _("Nothing can be said: the version is older than a month, or its list has ended."),
    State.UNDATED: _(
        "Nothing can be said: the file tells no day. Whoever loads it again can give the day "
        "(“Of which day it is”, --dated)."
    ),
    State.LATER: _("Nothing can be said: only a version later than the day is held."),
    State.SILENT: _("Nothing can be said: the lists that are loaded hold no such measures."),
    State.NOT_LOADED: _("Nothing can be said: no list of this jurisdiction is loaded."),
}
ALONE: _StrPromise = _("one person's file")
"""The mark beside a state that one person's file alone says; what it means is said once."""
ALONE_NOTE: _StrPromise = STATE_NOTES[State.MISSING]
LISTED_THEN: _StrPromise = _("Listed in an old version, or in one of no known day")
"""What is said of a row whose lists show somebody, and do not tell of the day."""
LISTED_THEN_NOTE: _StrPromise = _(
    "An entry stands in a version that is old or of no known day; it may have left the list since."
)
TIES: dict[Tie, _StrPromise] = {
    Tie.OWN: _("this entry alone"),
    Tie.CONFIRMED: _("judged to be the same"),
    Tie.CHANGED: _("judged to be the same, and changed since"),
    Tie.OPEN: _("not judged"),
}
FOLLOWED: dict[Followed, _StrPromise] = {
    Followed.FIRST: _("first"),
    Followed.FIRST_KNOWN: _("first of those known"),
    Followed.KNOWN: _("followed"),
    Followed.BOUNDED: _("followed, the day is known in bounds"),
    Followed.NOT_YET: _("not found so far"),
    Followed.UNKNOWN: _("not known"),
}


_SAID: dict[State, _StrPromise] = {
    State.UNTOLD: _("Listed by %(places)s; whether by the measure asked about is not told."),
    State.OTHERWISE: _(
        "Listed by %(places)s, but not by the measure or law asked about, as far as the list says."
    ),
    State.POSSIBLY: _("Possibly listed by %(places)s: a pair of entries is not settled."),
    State.POSSIBLY_OTHERWISE: _(
        "Possibly listed by %(places)s, but not by the measure or law asked about: a pair of"
        " entries is not settled."
    ),
    State.POSSIBLY_DELISTED: _(
        "Possibly no longer listed by %(places)s: a pair of entries is not settled."
    ),
    State.DELISTED: _("No longer listed by %(places)s."),
    State.MISSING: _("Missing from a file of the list of %(places)s that one person brought."),
    State.UNREAD: _("Nothing can be said of %(places)s: not all entries were compared."),
    State.GONE: _("No longer in the list of %(places)s; the list does not say why."),
    State.ENDED: _("The listing by %(places)s has ended."),
    State.NOT_FOUND: _(
        "Nothing can be said of %(places)s: one person's file changed the list, and nobody"
        " confirmed it."
    ),
    State.NOT_COMPARED: _("Nothing can be said of %(places)s: not all entries were compared."),
    State.OLD: _("Nothing can be said of %(places)s: the version is old or of no known day."),
    State.UNDATED: _("Nothing can be said of %(places)s: the version is old or of no known day."),
    State.LATER: _("Nothing can be said of %(places)s: only a later version is held."),
    State.SILENT: _("Nothing can be said of %(places)s: the list holds no such measures."),
    State.NOT_LOADED: _("Nothing can be said of %(places)s: no list is loaded."),
}


def any_alone(cells: Iterable[Cell]) -> bool:
    """Whether some entry of these cells stands so by one person's file alone."""
    return any(line.alone for cell in cells for line in cell.lines)


def any_kept(cells: Iterable[Cell]) -> bool:
    """Whether the row of some entry of these cells could not be read."""
    return any(line.kept for cell in cells for line in cell.lines)


def as_of_told(told: ListSpoken) -> str:
    """Say which version of a list speaks, and how far its silence counts."""
    if told.version is None:
        return gettext("not loaded")
    if told.version.day is None:
        return gettext("version of no known day, loaded on %(day)s") % {
            "day": date_text(told.version.loaded)
        }
    version = _version_told(told.footing, date_text(told.version.day))
    if told.version.given:
        return gettext("%(version)s (the day was given by who loaded it)") % {"version": version}
    return version


def _version_told(footing: Footing, day: str) -> str:
    if footing is Footing.LATER:
        return gettext("version of %(day)s, later than the day asked about") % {"day": day}
    if footing is Footing.OLD:
        return gettext("version of %(day)s, old") % {"day": day}
    return gettext("version of %(day)s") % {"day": day}


def line_told(line: Line, named: Callable[[str], str] = str) -> str:
    """Say what one entry says: since when, under what, with which measures, and how it belongs.

    `named` writes what laws and programmes are called, for a page whose text runs the other way.
    """
    return clauses_text(filter(None, line_parts(line, named)))


def line_parts(line: Line, named: Callable[[str], str] = str) -> tuple[str, str, str]:
    """Give the same in three: since when, under what with which measures, and how it belongs."""
    parts: list[str] = []
    if line.authorities:
        parts.append(and_list(named(authority_short(each)) for each in line.authorities))
    elif line.programmes:
        parts.append(and_list(map(named, line.programmes)))
    measures = and_list(list_word("Measure", each) for each in line.measures)
    implied = and_list(list_word("Measure", each) for each in line.implied)
    if implied:
        implied = gettext("%(measures)s by its regime, not by the entry") % {"measures": implied}
    parts += list(filter(None, (measures, implied))) or [gettext("measures not told")]
    tie = str(TIES[line.tie]) if line.tie is Tie.CHANGED else ""
    if line.tie is Tie.OPEN and line.score is not None:
        tie = gettext("names alike to %(alike)s, not judged") % {"alike": f"{line.score:.2f}"}
    return _since_told(line), clauses_text(parts), tie


def laid_apart(name: str) -> str:
    """Keep the direction of what laws and programmes are called, where a page runs the other way.

    For `line_told`; on paper that is set, each text runs its own way by itself.
    """
    return f"\u2068{name}\u2069" if get_language_bidi() else name


def cell_short(cell: Cell) -> str:
    """Say in a word or two what a cell says; of a version that does not tell of today, its day."""
    then = cell.then
    if then is None or then.version is None:
        return str(SHORT_WORDS[cell.state])
    if then.version.day is None:
        return gettext("Listed in a version of no known day")
    return gettext("Listed in a version of %(day)s") % {"day": date_text(then.version.day)}


def cell_told(cell: Cell) -> str:
    """Say in plain words what a cell says, with the versions that say it."""
    lines = " / ".join(line_told(each) for each in cell.lines)
    lists = commas_text(f"{each.source}: {as_of_told(each)}" for each in cell.lists)
    said = cell_short(cell) if cell.then else str(STATE_WORDS[cell.state])
    return f"{said}. {lines} [{lists}]" if lines else f"{said} [{lists}]"


def lag_told(lag: Lag) -> str:
    """Say how long a jurisdiction needed, in days, or what of it is known."""
    if lag.followed is Followed.NOT_YET and lag.least is not None:
        return gettext("not found after %(days)s") % {"days": _days(lag.least)}
    if lag.followed is Followed.KNOWN:
        return _days(lag.least or 0)
    if lag.followed is not Followed.BOUNDED:
        return str(FOLLOWED[lag.followed])
    least = _days(lag.least or 0)
    if lag.most is None:
        return gettext("at least %(days)s") % {"days": least}
    return gettext("between %(least)s and %(most)s") % {"least": least, "most": _days(lag.most)}


def gap_sentences(cells: Iterable[Cell], tests: Iterable[RegimeTest] = ()) -> tuple[str, ...]:
    """Say in whole sentences who lists and who does not, and what the law of a gap still asks.

    Tests come from a file of evidence; without one nothing is said about the law.
    """
    held = tuple(cells)
    gaps = [each for each in held if each.sure_gap]
    listed = [each for each in held if each.state is State.LISTED and each.then is None]
    sentences = [*_listed_and_not(listed, gaps)]
    if then := [each for each in held if each.then]:
        sentences.append(
            gettext("Listed by %(places)s at that time; whether still is not known.")
            % {"places": _places(then)}
        )
    for state, sentence in _SAID.items():
        places = [each for each in held if each.state is state and each not in gaps]
        if places:
            sentences.append(str(sentence) % {"places": _places(places)})
    return (*sentences, *(test_sentence(each) for each in tests))


def _listed_and_not(listed: list[Cell], gaps: list[Cell]) -> Iterable[str]:
    told = {"listed": _places(listed), "gaps": _places(gaps)}
    if listed and gaps:
        yield gettext("Listed by %(listed)s, not found on the current lists of %(gaps)s.") % told
    elif listed:
        yield gettext("Listed by %(listed)s.") % told
    elif gaps:
        yield gettext("Not found on the current lists of %(gaps)s.") % told


def _places(cells: Iterable[Cell]) -> str:
    """Name jurisdictions with the day of the version that speaks for each."""
    return and_list(_place(each) for each in cells)


def _place(cell: Cell) -> str:
    place = place_told(cell.jurisdiction)
    speaking = {each.source for each in cell.lines}
    days = {
        each.version.day
        for each in cell.lists
        if each.version is not None and (not speaking or each.source in speaking)
    }
    known = [each for each in days if each is not None]
    if not days:
        return place
    if not known:
        return gettext("%(place)s (version of no known day)") % {"place": place}
    day = date_text(max(known))
    return gettext("%(place)s (version of %(day)s)") % {"place": place, "day": day}


def _since_told(line: Line) -> str:
    since = {"day": partial_date(line.since).text} if line.since else None
    until = {"until": partial_date(line.until).text} if line.until else None
    if line.state in {State.DELISTED, State.GONE, State.MISSING, State.ENDED}:
        return gettext("left: %(until)s") % until if until else gettext("left, day not told")
    return gettext("since %(day)s") % since if since else gettext("since when is not told")


def _days(number: int) -> str:
    return ngettext("%(shown)s day", "%(shown)s days", number) % {"shown": number_text(number)}
