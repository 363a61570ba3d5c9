"""What a column of somebody's list may become, and how a saved mapping says so.

A mapping is versioned data (TOML, read by `readers/mapping_files.py`): it names columns, fields,
value maps, date formats, constants and the rows to pass over. It holds no code and no regular
expression, so that a mapping from outside cannot run or stall anything.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.rules.import_rows import RecordKind

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

__all__ = [
    "FIELDS",
    "Calendar",
    "ColumnRule",
    "DateRule",
    "Duplicates",
    "FieldKind",
    "FieldSpec",
    "FileFormat",
    "FormatRule",
    "KeyRule",
    "KindRule",
    "Mapping",
    "Otherwise",
    "Part",
    "SkipRule",
]


class FieldKind(StrEnum):
    """How a field is read."""

    NAME = "name"
    TEXT = "text"
    DATE = "date"
    COUNTRY = "country"
    CHOICE = "choice"
    FLAG = "flag"
    URL = "url"
    GRADE = "grade"
    LANGUAGE = "language"
    SENTENCE = "sentence"


class FileFormat(StrEnum):
    """What kind of file the mapping expects; AUTO looks at the bytes, never at the name."""

    AUTO = "auto"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    JSON = "json"
    JSON_LINES = "jsonlines"


class Calendar(StrEnum):
    """The calendar the list's numeric dates are written in.

    Hijri dates are known so that they can be refused: which day a month began depends on the
    sighting and the country, so no exact conversion exists.
    """

    GREGORIAN = "gregorian"
    PERSIAN = "persian"
    MINGUO = "minguo"
    BUDDHIST = "buddhist"
    HIJRI = "hijri"


class Otherwise(StrEnum):
    """What happens to a value that a value map does not name."""

    KEEP = "keep"
    REJECT = "reject"
    FLAG = "flag"
    IGNORE = "ignore"


class Duplicates(StrEnum):
    """What happens to a second row with the same source key."""

    REJECT = "reject"
    SKIP_IDENTICAL = "skip_identical"


class Part(StrEnum):
    """Which part of a cell a column rule reads."""

    WHOLE = "whole"
    OUTSIDE_PARENTHESES = "outside_parentheses"
    INSIDE_PARENTHESES = "inside_parentheses"
    BEFORE_COMMA = "before_comma"
    AFTER_COMMA = "after_comma"
    LAST_AFTER_COMMA = "last_after_comma"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field a column can fill; `future` dates may lie after today.

    `longest` is what the ledger keeps of a text; the reader cuts what is longer, and says so.
    """

    name: str
    kind: FieldKind
    repeated: bool = False
    choices: frozenset[str] = frozenset()
    future: bool = False
    longest: int = 400


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """One column read into one field; a column may have several rules.

    `bound` turns a date into an interval: `no_later_than` for "was already held by then".
    `on_error` says whether an unreadable value rejects the row or is dropped with a warning.
    """

    column: str
    field: str
    values: Table[str, str] = dataclasses.field(default_factory=dict)
    otherwise: Otherwise = Otherwise.KEEP
    on_error: Otherwise = Otherwise.REJECT
    part: Part = Part.WHOLE
    split: str = ""
    language: str = ""
    empty: frozenset[str] = frozenset()
    formats: tuple[str, ...] = ()
    calendar: Calendar | None = None
    bound: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class FormatRule:
    """How the file is laid out; empty means: look and say what was found."""

    kind: FileFormat = FileFormat.AUTO
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 1
    records: str = ""
    short_rows: bool = False


@dataclass(frozen=True, slots=True)
class KeyRule:
    """Which columns together name a row, so that a second import updates instead of doubling."""

    columns: tuple[str, ...] = ()
    duplicates: Duplicates = Duplicates.REJECT


@dataclass(frozen=True, slots=True)
class DateRule:
    """How the list writes dates and which years can be true."""

    formats: tuple[str, ...] = ()
    order: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    earliest_year: int | None = None
    latest_year: int | None = None
    out_of_range: Otherwise = Otherwise.REJECT


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Rows the mapping passes over, with the reason the preview shows."""

    column: str
    equals: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class KindRule:
    """Rows that tell something other than the mapping's usual record."""

    column: str
    equals: frozenset[str]
    kind: RecordKind


@dataclass(frozen=True, slots=True)
class Mapping:
    """A saved, versioned mapping from the columns of one list to the fields of the registry."""

    id: str
    version: int
    title: str = ""
    language: str = "en"
    format: FormatRule = FormatRule()
    keys: KeyRule = KeyRule()
    dates: DateRule = DateRule()
    columns: tuple[ColumnRule, ...] = ()
    constants: Table[str, str] = dataclasses.field(default_factory=dict)
    skips: tuple[SkipRule, ...] = ()
    kind: RecordKind = RecordKind.DETENTION
    kinds: tuple[KindRule, ...] = ()
    kind_otherwise: Otherwise = Otherwise.KEEP
    ignore: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    digest: str = dataclasses.field(default="", compare=False)

    @property
    def needed_columns(self) -> frozenset[str]:
        """Columns without which the file cannot be read safely."""
        return frozenset(
            [
                *self.keys.columns,
                *(one.column for one in self.skips),
                *(one.column for one in self.kinds),
                *(one.column for one in self.columns if one.required),
            ]
        )


_NAMES = ("full", "given", "family", "alias", "native")
_ROLES = frozenset(
    [
        "hrd",
        "journalist",
        "opposition_politician",
        "lawyer",
        "former_insider",
        "minority_member",
        "student",
        "artist",
        "trade_unionist",
        "activist",
        "other",
    ]
)
_SPELLS = frozenset(
    [
        "deprivation_of_liberty",
        "police_custody",
        "security_service_custody",
        "pre_trial_detention",
        "imprisonment",
        "administrative_detention",
        "military_detention",
        "incommunicado_detention",
        "secret_detention",
        "camp",
        "psychiatric_confinement",
        "house_arrest",
        "immigration_detention",
        "extradition_detention",
        "forced_military_service",
        "hostage_taking",
        "other_detention",
    ]
)
_STAGES = frozenset(
    [
        "no_proceedings",
        "held_without_charge",
        "investigation",
        "charged",
        "awaiting_trial",
        "on_trial",
        "convicted_awaiting_sentence",
        "sentenced",
        "on_appeal",
        "serving_sentence",
        "compulsory_treatment",
        "retrial",
        "extradition",
        "closed_acquitted",
        "closed_dropped",
        "closed_served",
        "closed_pardoned",
        "closed_death",
        "other",
        "unknown",
    ]
)
_RELEASES = frozenset(
    [
        "unconditional",
        "charges_dropped",
        "pardon_amnesty",
        "sentence_served",
        "conditional_parole",
        "house_arrest",
        "exchange",
        "forced_exile",
        "denationalised_expelled",
        "died",
        "unknown",
    ]
)
_LAWS = frozenset(
    [
        "terrorism",
        "extremism",
        "treason_state_security",
        "foreign_agent_funding",
        "defamation_insult",
        "false_news",
        "public_order_assembly",
        "cyber",
        "tax_fraud_pretext",
        "drugs_pretext",
        "other",
    ]
)
_HEALTH = frozenset(
    [
        "life_threatening",
        "urgent_care_needed",
        "chronic_illness",
        "care_denied",
        "hunger_strike",
        "injury_ill_treatment",
        "mental_health",
        "disability",
        "pregnancy",
        "advanced_age",
        "other",
    ]
)
_WHEREABOUTS = frozenset(
    [
        "acknowledged",
        "known_contact",
        "known_no_contact",
        "place_unknown",
        "denied",
        "other",
        "unknown",
    ]
)
_GENDERS = frozenset(["female", "male", "other", "unknown"])
_TIERS = frozenset("ABCD")


def _specs() -> tuple[FieldSpec, ...]:
    text, day, choice = FieldKind.TEXT, FieldKind.DATE, FieldKind.CHOICE
    country, flag = FieldKind.COUNTRY, FieldKind.FLAG
    return (
        *(FieldSpec(f"person.name.{kind}", FieldKind.NAME, repeated=True) for kind in _NAMES),
        FieldSpec("person.gender", choice, choices=_GENDERS),
        FieldSpec("person.birth", day),
        FieldSpec("person.death", day),
        FieldSpec("person.nationality", country, repeated=True),
        FieldSpec("person.role", choice, repeated=True, choices=_ROLES),
        FieldSpec("spell.kind", choice, choices=_SPELLS),
        FieldSpec("spell.start", day),
        FieldSpec("spell.end", day),
        FieldSpec("spell.ended", flag),
        FieldSpec("spell.expected_release", day, future=True),
        FieldSpec("spell.authority", text, longest=200),
        FieldSpec("spell.facility", text, longest=200),
        FieldSpec("spell.country", country),
        FieldSpec("spell.admin1", text, longest=80),
        FieldSpec("spell.city", text, longest=120),
        FieldSpec("spell.charges", text, repeated=True),
        FieldSpec("spell.law", text, repeated=True),
        FieldSpec("spell.law_category", choice, repeated=True, choices=_LAWS),
        FieldSpec("spell.stage", choice, choices=_STAGES),
        FieldSpec("spell.sentence", FieldKind.SENTENCE),
        FieldSpec("spell.sentence_date", day),
        FieldSpec("spell.release_kind", choice, choices=_RELEASES),
        FieldSpec("spell.place", text, longest=120),
        FieldSpec("spell.whereabouts", choice, choices=_WHEREABOUTS),
        FieldSpec("spell.health", text, longest=2000),
        FieldSpec("spell.health_alert", choice, repeated=True, choices=_HEALTH),
        FieldSpec("spell.family_contact", flag),
        FieldSpec("spell.last_confirmed_held", day),
        FieldSpec("source.url", FieldKind.URL, repeated=True),
        FieldSpec("source.publisher", text, longest=200),
        FieldSpec("source.title", text),
        FieldSpec("source.date", day),
        FieldSpec("source.language", FieldKind.LANGUAGE),
        FieldSpec("source.grade", FieldKind.GRADE),
        FieldSpec("list.status", text),
        FieldSpec("tier", choice, choices=_TIERS),
    )


FIELDS: Final[Table[str, FieldSpec]] = MappingProxyType({one.name: one for one in _specs()})
"""Every field a mapping may name; the how-to guide documents each."""
