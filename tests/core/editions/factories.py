"""A document with everything in it, and an office that publishes editions; all people invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.casework import agree, person_with_spell, published, recognised
from tests.prisoners.registry.desk import AT, Desk, make_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.actions import Wanted, build_edition, propose_edition, publish_edition
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Document,
    Figure,
    Footnote,
    Link,
    Name,
    Notice,
    Number,
    Paragraph,
    Reference,
    Section,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.actors.models import Party
    from undaunted.core.consent.models import Grant
    from undaunted.core.editions.models import Edition

__all__ = [
    "AS_OF",
    "AT",
    "LONG",
    "NAMES",
    "Office",
    "as_it_stands",
    "built",
    "document",
    "open_office",
    "out",
]

AS_OF = date(2026, 6, 30)
LONG = "Maximiliana" + "xandrovna" * 32
"""A name of 299 letters without a space."""
NAMES = {
    "latin": "Olena Korsak",
    "cyrillic": "Олена Корсак",
    "arabic": "سمير القصر",
    "uyghur": "گۈلچېھرە ئابلىز",
    "chinese": "林默言",
    "vietnamese": "Trần Vũ Hằng",
    "georgian": "მარიამ ველი",
}
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"a": "XR", "b": 3}, {"a": "XS", "b": 5}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "a", "type": "nominal"},
        "y": {"field": "b", "type": "quantitative"},
    },
    "config": {"font": "Liberation Sans"},
}


def document(language: str = "en", title: str = "People held <script>", **more: Any) -> Document:
    """Make a document with a block of each sort."""
    first = Section(
        "first",
        "First chapter",
        (
            _paragraph(),
            _people(),
            Section("inner", "Part", (Bullets((("One",), ("Two ", Strong("bold")))),)),
        ),
    )
    second = Section(
        "second", "Second chapter", (Notice("Limit.", ("Read this.",)), _chart()), new_page=True
    )
    return Document(
        title=title,
        subtitle="A subtitle",
        language=language,
        publisher="Undaunted",
        as_of=AS_OF,
        known_at="2026-07-01 00:00:00",
        blocks=(first, second),
        contents=True,
        hypothetical=True,
        licence="Free to use.",
        edition="Edition 1.0",
        **more,
    )


def _paragraph() -> Paragraph:
    return Paragraph(
        (
            "Held & counted ",
            Number("held@2026-06-30", 8, "Held"),
            " with ",
            Name(NAMES["arabic"]),
            Footnote(("A source, ", Link("its page", "https://example.org/a"), ".")),
            " in ",
            Reference("people"),
            ", ",
            Reference("chart"),
            " and ",
            Reference("inner"),
            "; ",
            Link("a page", "https://example.org/?a=1&b=2"),
        )
    )


def _people() -> Table:
    return Table(
        key="people",
        caption="Who is held",
        columns=(
            Column("name", "Name"),
            Column("since", "Since", ColumnKind.DAY),
            Column("days", "Days", ColumnKind.WHOLE),
            Column("share", "Share", ColumnKind.DECIMAL),
        ),
        rows=(
            *((Name(text), date(2024, 3, 5), 12_345, 0.25) for text in NAMES.values()),
            (Name(LONG), None, None, None),
            ("=1+1", date(2024, 3, 6), 7, 0.5),
        ),
        keys=(*NAMES, "long", "formula"),
        note=("As far as consent allows.",),
    )


def _chart() -> Figure:
    return Figure(
        key="chart",
        caption="By country",
        alternative="Five in Syldavia, three in Ruritania.",
        specification=CHART,
        table=Table(
            "chart-data",
            "The numbers of the chart",
            (Column("country", "Country"), Column("persons", "Persons", ColumnKind.WHOLE)),
            (("XR", 3), ("XS", 5)),
        ),
    )


@dataclass
class Office:
    """An organisation that has published one person, who agreed."""

    desk: Desk
    party: Party
    grant: Grant


def open_office(owner_sql: Any) -> Office:
    """Publish somebody who is held and recognised."""
    desk = make_desk(owner_sql)
    party, _spell = person_with_spell(desk)
    grant = agree(desk, party)
    recognised(desk, party)
    published(desk, party)
    return Office(desk, party, grant)


def built(office: Office, **more: Any) -> Edition:
    """Build a count sheet as the documenter."""
    wanted = Wanted(kind="count-sheet", as_of=more.pop("as_of", AS_OF), **more)
    with acting_as(office.desk.documenter) as actor:
        return build_edition(wanted, office.desk.organisation, actor=actor, at=AT)


def out(office: Office, *, at: datetime = AT, **more: Any) -> Edition:
    """Build, propose and publish a count sheet by two people."""
    edition = built(office, **more)
    with acting_as(office.desk.documenter) as actor:
        propose_edition(edition, actor=actor, at=at)
    with acting_as(office.desk.publisher) as actor:
        return publish_edition(as_it_stands(edition), actor=actor, at=at)


def as_it_stands(edition: Edition) -> Edition:
    """Read an edition as it stands now."""
    edition.refresh_from_db()
    return edition
