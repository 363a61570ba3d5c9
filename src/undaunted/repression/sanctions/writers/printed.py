"""The matrix as a paper for Word and as PDF: on its side, with its legend and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Name,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.writers import Paper
from undaunted.core.listings.rules import list_source
from undaunted.core.listings.writers import place_told
from undaunted.core.listings.writers import told as list_word
from undaunted.repression.sanctions.rules import OLD_AFTER, State
from undaunted.repression.sanctions.writers.dense import condensed
from undaunted.repression.sanctions.writers.laws import and_list, authority_short
from undaunted.repression.sanctions.writers.tables import MOST_IN_FILE
from undaunted.repression.sanctions.writers.words import (
    ALONE,
    ALONE_NOTE,
    LISTED_THEN,
    LISTED_THEN_NOTE,
    SHORT_WORDS,
    STATE_NOTES,
    STATE_WORDS,
    any_alone,
    as_of_told,
)
from undaunted.site.components.clauses import clause_mark, clauses_text
from undaunted.site.components.dates import date_text
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from undaunted.core.editions.rules import Block, Cell
    from undaunted.repression.sanctions.rules import ListSpoken, MatrixAsked
    from undaunted.repression.sanctions.writers.dense import Dense

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "legend",
    "matrix_paper",
    "question_marked",
    "question_told",
]

MOST_ROWS: Final = 300
MOST_COLUMNS: Final = 9
"""A sheet on its side has room for so many; more stand one below another."""
PUBLISHER: Final = "Undaunted"
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def matrix_paper(
    rows: Sequence[Any], count: int, lists: Sequence[ListSpoken], asked: MatrixAsked
) -> Paper:
    """Lay the rows out; `count` is how many there are, of which a paper holds `MOST_ROWS`."""
    blocks: list[Block] = []
    if count > len(rows):
        shown = {"shown": number_text(len(rows)), "count": number_text(count)}
        told = _("The first %(shown)s of %(count)s rows; the CSV file holds all.")
        if count > MOST_IN_FILE:
            told = _(
                "The first %(shown)s of %(count)s rows;"
                " the command “undaunted sanctions matrix” writes all."
            )
        blocks.append(Section("cut", _("Not everything is here"), (Notice("", (told % shown,)),)))
    dense = condensed(rows, asked)
    for at in range(0, len(dense.columns) or 1, MOST_COLUMNS):
        part: list[Block] = [_table(rows, dense, at)]
        if not at:
            part = [*_apart(dense), *part]
        blocks.append(Section(f"matrix-{at}", _("Who is listed where"), tuple(part)))
    blocks += [
        Section("legend", _("How to read it"), (Bullets(tuple(_legend_lines(rows, dense))),)),
        Section("lists", _("Lists and their versions"), (Bullets(tuple(_list_lines(lists))),)),
    ]
    title = _("Who is listed where on %(day)s") % {"day": date_text(asked.on)}
    document = Document(
        title=title,
        subtitle="",
        language=get_language() or "en",
        publisher=PUBLISHER,
        as_of=asked.on,
        known_at=date_text(asked.known or asked.on),
        blocks=tuple(blocks),
    )
    heads = ((_("Day"), date_text(asked.on)), (_("Question"), question_told(asked)))
    return Paper(document, _("Gap matrix"), legend(), heads, wide=True)


def legend() -> str:
    """Say in one sentence what silence means."""
    return _("Public facts of lists as their issuers wrote them. Not found is not a verdict.")


def question_told(asked: MatrixAsked) -> str:
    """Say in words what was asked."""
    told = [sentence % {"told": words} for sentence, words, _typed in _asked_parts(asked)]
    return clauses_text(told) or _("all parties")


def question_marked(asked: MatrixAsked) -> SafeString:
    """Say it for a page: what somebody typed turns none of the words around it."""
    told = [
        format_html(
            escape(sentence).replace("%(told)s", "{}"),
            format_html('<bdi dir="auto">{}</bdi>', words) if typed else words,
        )
        for sentence, words, typed in _asked_parts(asked)
    ]
    return format_html_join(
        clause_mark(), "{}", ((each,) for each in told or [escape(_("all parties"))])
    )


def _asked_parts(asked: MatrixAsked) -> list[tuple[str, str, bool]]:
    """Give what was asked: a sentence, what fills it, and whether somebody typed that."""
    parts = (
        (_("listed by %(told)s"), and_list(map(place_told, asked.listed_by)), False),
        (_("not known to be listed by %(told)s"), and_list(map(place_told, asked.not_by)), False),
        (_("from %(told)s"), place_told(asked.country) if asked.country else "", False),
        (_("programme %(told)s"), _shown(asked.programme), True),
        (
            _("legal authority %(told)s"),
            authority_short(asked.authority) if asked.authority else "",
            False,
        ),
        (
            _("measure %(told)s"),
            list_word("Measure", asked.measure) if asked.measure else "",
            False,
        ),
        (_("name %(told)s"), _shown(asked.words), True),
        (_("as known on %(told)s"), date_text(asked.known) if asked.known else "", False),
        (_("only gaps that a current list bears out"), "-" if asked.sure else "", False),
    )
    return [each for each in parts if each[1]]


def _shown(typed: str) -> str:
    """Give what was typed without signs that print nothing or turn what stands beside them."""
    return "".join(each for each in typed if each not in _TURNING and category(each) != "Cc")


def _apart(dense: Dense) -> Iterable[Block]:
    """Tell once of whom nothing can be said for anybody here, instead of in each row."""
    for state, places in dense.apart:
        named = and_list(map(place_told, places))
        yield Paragraph((f"{named}: ", str(STATE_WORDS[state])))


def _table(rows: Sequence[Any], dense: Dense, at: int) -> Table:
    part = dense.columns[at : at + MOST_COLUMNS]
    heads = (
        Column("party", _("Party")),
        *(Column(f"j{at}-{code}", _head(code, rows)) for code in part),
    )
    told: tuple[tuple[Cell, ...], ...] = tuple(
        (Name(row.name), *map(str, cells[at : at + MOST_COLUMNS])) for row, cells in dense.rows
    )
    return Table(f"table-{at}", _("Parties by jurisdiction"), heads, told)


def _head(code: str, rows: Sequence[Any]) -> str:
    """Name a jurisdiction with the versions that speak for it."""
    held = rows[0].cell(code).lists if rows else ()
    lists = [each for each in held if each.version is not None] or held
    said = [as_of_told(each) for each in lists]
    if len(lists) > 1:
        said = [f"{list_source(each.source).title}: {as_of_told(each)}" for each in lists]
    return f"{place_told(code)} ({clauses_text(said)})"


def _legend_lines(rows: Sequence[Any], dense: Dense) -> list[tuple[Any, ...]]:
    days = number_text(OLD_AFTER.days)
    old = _("the version is older than %(days)s days, or bears no day") % {"days": days}
    notes = {
        State.NOT_FOUND: _("a current version, wholly compared, holds no such entry"),
        State.UNTOLD: _("an entry stands, and whether the measure asked about holds is not told"),
        State.POSSIBLY: _("an entry there is alike, and two people have not settled the pair"),
        State.POSSIBLY_DELISTED: _(
            "an entry there that stands no more is alike, and two people have not settled the pair"
        ),
        State.OLD: old,
        State.UNDATED: old,
        State.NOT_COMPARED: _("entries there or here were not yet compared with each other"),
    }
    if any(cell.state is State.UNREAD for row in rows for cell in row.cells):
        notes[State.UNREAD] = str(STATE_NOTES[State.UNREAD])
    lines = [(str(SHORT_WORDS[each]), words) for each, words in notes.items()]
    lines.insert(0, (str(LISTED_THEN), str(LISTED_THEN_NOTE)))
    if any(any_alone(row.cells) for row in rows):
        lines.append((str(ALONE), str(ALONE_NOTE)))
    lines += dense.notes
    return [(Strong(word), f": {words}") for word, words in lines]


def _list_lines(lists: Sequence[ListSpoken]) -> list[tuple[Any, ...]]:
    return [
        (Strong(place_told(each.jurisdiction)), f": {list_source(each.source).title}, ",
         as_of_told(each))
        for each in lists
    ]  # fmt: skip
