"""What the open data hold: tables, columns, meanings. The codebook is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

__all__ = [
    "CASES",
    "NAMES",
    "SPELLS",
    "STAYS",
    "TABLES",
    "Column",
    "ColumnKind",
    "DownloadFormat",
    "OpenTable",
]


class ColumnKind(StrEnum):
    """What a column holds; a list is written with | between its values in CSV."""

    TEXT = "text"
    MONTH = "month"
    WHOLE = "integer"
    FLAG = "boolean"
    LIST = "list"


class DownloadFormat(StrEnum):
    """How a download is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    FTM = "ftm"


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it means."""

    name: str
    kind: ColumnKind
    meaning: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table of the download, sorted by its first columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


_TEXT, _MONTH, _FLAG = ColumnKind.TEXT, ColumnKind.MONTH, ColumnKind.FLAG
_REFERENCE = Column("reference", _TEXT, _("Reference of the case; the key of all tables."))  # type: ignore[arg-type]


def _column(name: str, kind: ColumnKind, meaning: object) -> Column:
    return Column(name, kind, meaning)  # type: ignore[arg-type]


CASES = OpenTable(
    "cases",
    _("One published person a row."),  # type: ignore[arg-type]
    (
        _REFERENCE,
        _column("name", _TEXT, _("Name to show; empty where only a code may be shown.")),
        _column(
            "country", _TEXT, _("Country that holds or held: ISO 3166, XR XS XB XF XZ invented.")
        ),
        _column("gender", _TEXT, _("Gender; empty where unknown or not to be shown.")),
        _column("birth_year", ColumnKind.WHOLE, _("Year of birth, if known and to be shown.")),
        _column("roles", ColumnKind.LIST, _("Roles of the person (vocabulary target_roles).")),
        _column("laws", ColumnKind.LIST, _("Kinds of law used (vocabulary law_taxonomy).")),
        _column("lists", ColumnKind.LIST, _("Lists that name the person.")),
        _column("status", _TEXT, _("Status today under the default standard, pace-1900.")),
        _column(
            "recognised",
            ColumnKind.LIST,
            _("Standards under which the person is recognised today."),
        ),
        _column("tier", _TEXT, _("Best support of any spell: A B C D.")),
        _column("held_now", _FLAG, _("Surely held on the day of the download.")),
        _column("first_start_month", _MONTH, _("Month of the first possible day held.")),
        _column(
            "last_end_month", _MONTH, _("Month of the last possible day free; empty while open.")
        ),
        _column("release_type", _TEXT, _("How the last spell ended (vocabulary release_types).")),
        _column(
            "merged",
            ColumnKind.LIST,
            _("Earlier references: published cases found to be the same person, counted here."),
        ),
    ),
)
SPELLS = OpenTable(
    "spells",
    _(  # type: ignore[arg-type]
        "One spell of deprivation of liberty or act of civil death a row, as recorded; what "
        "several lists tell alike stands once, with the best tier."
    ),
    (
        _REFERENCE,
        _column("category", _TEXT, _("Category of the act.")),
        _column("type", _TEXT, _("Type of the act (vocabulary act_types).")),
        _column("start_earliest_month", _MONTH, _("Month of the first possible first day.")),
        _column("start_latest_month", _MONTH, _("Month of the last possible first day.")),
        _column("end_earliest_month", _MONTH, _("Month of the first possible day free.")),
        _column(
            "end_latest_month", _MONTH, _("Month of the last possible day free; empty = open.")
        ),
        _column("country", _TEXT, _("Country in which.")),
        _column("admin1", _TEXT, _("First-level division; nothing finer is published.")),
        _column("laws", ColumnKind.LIST, _("Kind of law used.")),
        _column("stage", _TEXT, _("Stage of the procedure.")),
        _column("sentence_kind", _TEXT, _("Kind of sentence.")),
        _column("sentence_months", ColumnKind.WHOLE, _("Length of the sentence in months.")),
        _column("release_type", _TEXT, _("How it ended.")),
        _column("tier", _TEXT, _("How well it is supported: A B C D.")),
        _column("in_stock", _FLAG, _("Whether this kind of act counts as deprivation of liberty.")),
    ),
)
STAYS = OpenTable(
    "stays",
    _(  # type: ignore[arg-type]
        "The time line of every recognised person, cut so that nothing overlaps: cut by death and "
        "by recognition, with the best tier of each stretch. Counts are counts of these rows."
    ),
    (
        _REFERENCE,
        _column("standard", _TEXT, _("Standard under which the person is recognised.")),
        _column("country", _TEXT, _("Country in which.")),
        _column("start_month", _MONTH, _("Month of the first day.")),
        _column("end_month", _MONTH, _("Month of the first day after; empty while it lasts.")),
        _column("tier", _TEXT, _("Best tier on these days.")),
        _column("certain", _FLAG, _("Surely held; otherwise possibly.")),
        _column("verified", _FLAG, _("Confirmed within the twelve months before.")),
    ),
)
NAMES = OpenTable(
    "names",
    _("Every published name of a person a row, in whatever script it is written."),  # type: ignore[arg-type]
    (
        _REFERENCE,
        _column("text", _TEXT, _("The name.")),
        _column("kind", _TEXT, _("Kind of the name: full, native, alias, pseudonym and others.")),
        _column("script", _TEXT, _("Script: ISO 15924.")),
        _column("language", _TEXT, _("Language: BCP 47; empty where unknown.")),
    ),
)
TABLES = (CASES, NAMES, SPELLS, STAYS)
