"""Measures held against the injury as a paper: figure and source, effects, verdict.

The whole of it is the authority's. The version that is not confidential tells ranges, kinds and the
verdict, and no free text: no name, file, search, partner or digest is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules import InjuryKind, Stage, amount_range, kind_of
from undaunted.coercion.instruments.writers.days import LANGUAGE, in_english
from undaunted.coercion.instruments.writers.requests import LAW, NO_NAME, OPEN
from undaunted.core.editions.rules import (
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.writers.papers import Paper
from undaunted.core.places.rules import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from undaunted.coercion.instruments.rules import Effect, Judged, Measure, MeasuredInjury
    from undaunted.core.editions.rules import Block, Text

__all__ = ["Adoption", "InjuryTold", "weighed_paper"]

INTERNAL: Final = "FOR THE AUTHORITY · figures as they were read or typed · in English"
RANGES: Final = "Figures are told as ranges; what they rest on is kept by the authority."
NOT_READ: Final = "Typed, and not read from a result."
AMENDED: Final = "amended"
AGAIN: Final[Mapping[tuple[Stage, Stage], str]] = {
    (Stage.APPLIED, Stage.APPLIED): AMENDED,
    (Stage.SUSPENDED, Stage.APPLIED): "applied again",
}
MEASURED: Final[Mapping[str, str]] = {
    "real_income": "loss of real income, as an equivalent variation in money of a year",
    "lost_sales": "sales lost against what would have been sold, net of what went round, a year",
    "": "as the calculation that is attached tells it",
}
RESTS: Final[Mapping[InjuryKind, str]] = {
    InjuryKind.FRONT: "read by the product from a result of its model of trade",
    InjuryKind.SCENARIO: "read by the product from a result of its model of trade",
    InjuryKind.EXPOSURE: "read by the product from months of trade",
    InjuryKind.OTHER: "read by the product from the rows of a calculation that is attached",
    InjuryKind.TYPED: "typed by an official of the authority, without a result",
}
VERDICTS: Final = {
    "within": "The measures stay within the injury.",
    "warned": "The intervals of measures and injury overlap.",
    "refused": "The measures go beyond the injury; they are not adopted.",
}


@dataclass(frozen=True, slots=True)
class InjuryTold:
    """An injury, and how its amounts came about.

    Attributes:
        measure: `real_income`, `lost_sales`, or empty.
        read: whether the product read it; else `typed_by` somebody, with an explanation.
        recorded_on: when the authority took it in.
        gone: why the result does not count any more.
    """

    injury: MeasuredInjury
    kind: InjuryKind
    measure: str
    recorded_on: date
    read: bool
    typed_by: str = ""
    explained: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """Whether measures are adopted, and what became of them.

    Attributes:
        adopted_on: None of a draft that nobody adopted; measures apply from `applies_on`.
        went: every stage that a step since led into, with its day, in order.
        redrafted: the measures are others than those that were adopted, or amended last.
    """

    adopted_on: date | None
    applies_on: date | None
    went: tuple[tuple[Stage, date], ...] = ()
    redrafted: bool = False

    def told(self) -> str:
        """Tell it in one sentence."""
        if self.adopted_on is None:
            return "A draft; the measures are not adopted."
        adopted, became = in_english(self.adopted_on), tuple(self._became())
        if self.redrafted:
            amended = [f" and {word} on {day}" for word, day in became if word == AMENDED]
            last = "".join(amended[-1:])
            return f"A draft, and another one than that which was adopted on {adopted}{last}."
        applies = f", to apply from {in_english(self.applies_on)}" if self.applies_on else ""
        since = "".join(f"; {word} on {day}" for word, day in became)
        return f"Adopted on {adopted}{applies}{since}."

    def _became(self) -> Iterator[tuple[str, str]]:
        """Tell each step since in a word: a step from measures that apply to such amends them."""
        before = Stage.ADOPTED
        for stage, day in self.went:
            yield AGAIN.get((before, stage), stage.value), in_english(day)
            before = stage


def weighed_paper(  # noqa: PLR0913 - what the paper holds side by side
    title: str,
    country: str,
    day: date,
    *,
    told: InjuryTold,
    adoption: Adoption,
    measures: Sequence[Measure],
    judged: Judged | None,
    unlike: str = "",
    whole: bool = True,
) -> Paper:
    """Lay measures and injury out; `whole` for the authority, else without what is confidential."""
    verdict = _verdict(judged, unlike) if whole else _open_verdict(judged)
    blocks: tuple[Block, ...] = (
        Section("injury", "The injury", tuple(_injury(told) if whole else _open_injury(told))),
        Section("measures", "The measures", (_measures(measures, whole=whole),)),
        Section("weighed", "Proportionality", tuple(verdict)),
    )
    document = Document(
        title=title if whole else "Response measures and the injury",
        subtitle="",
        language=LANGUAGE,
        publisher="Undaunted" if whole else NO_NAME,
        as_of=day,
        known_at=day.isoformat(),
        blocks=blocks,
        hypothetical=country.startswith("X") and country != "XK",
    )
    heads = (
        ("Third country", f"{country_name(country)} ({country})"),
        ("Day of this paper", in_english(day)),
        ("Measures", adoption.told()),
    )
    return Paper(document, f"{LAW} · measures and injury", INTERNAL if whole else OPEN, heads)


def _injury(told: InjuryTold) -> Iterator[Block]:
    each = told.injury
    lines: list[Text] = [(Strong("Figure: "), _amount(each)), (Strong("What: "), _what(told))]
    if told.read:
        lines.append((Strong("Figures: "), f"{RESTS[told.kind]}."))
    else:
        lines.append((Strong(f"Typed by {told.typed_by or 'a former colleague'}. "), NOT_READ))
    lines.append((Strong("Recorded: "), f"{in_english(told.recorded_on)}."))
    lines.append((Strong("Source: "), each.source))
    if told.explained:
        lines.append((Strong("Explanation: "), told.explained))
    if each.digest:
        lines.append((Strong("SHA-256: "), each.digest))
    yield Bullets(tuple(lines))
    if told.gone:
        yield Notice("Not to be relied on.", (told.gone,))


def _open_injury(told: InjuryTold) -> Iterator[Block]:
    rests = RESTS[told.kind if told.read else InjuryKind.TYPED]
    lines: list[Text] = [
        (Strong("Figure: "), _range(told.injury)),
        (Strong("What: "), _what(told)),
        (Strong("Figures: "), f"{rests}."),
    ]
    yield Bullets(tuple(lines))
    yield Paragraph((RANGES,))


def _what(told: InjuryTold) -> str:
    return f"{MEASURED[told.measure]}." if told.read else NOT_READ


def _measures(measures: Sequence[Measure], *, whole: bool) -> Table:
    if whole:
        columns = (Column("key", "Measure"), Column("kind", "Kind of Annex I"),
                   Column("effect", "Expected effect"), Column("source", "Source"))  # fmt: skip
        rows = tuple(
            (each.key, kind_of(each.kind).title, _amount(each.effect), each.effect.source)
            for each in measures
        )
        return Table("effects", "Measures with their expected effects", columns, rows)
    named = tuple((kind_of(each.kind).title, _range(each.effect)) for each in measures)
    heads = (Column("kind", "Kind of Annex I"), Column("effect", "Expected effect"))
    return Table("effects", "Measures with their expected effects", heads, named)


def _verdict(judged: Judged | None, unlike: str) -> Iterator[Block]:
    if judged is None:
        yield Notice("Not compared.", (unlike or "There is no measure yet.",))
        return
    yield Paragraph((Strong(VERDICTS[judged.proportionality.verdict]),))
    lines: list[Text] = [(each,) for each in (*judged.proportionality.reasons, *judged.open)]
    yield Bullets(tuple(lines))


def _open_verdict(judged: Judged | None) -> Iterator[Block]:
    said = VERDICTS[judged.proportionality.verdict] if judged else "They were not compared yet."
    yield Paragraph((said,))


def _amount(told: MeasuredInjury | Effect) -> str:
    return (
        f"{told.best:,.2f} ({told.low:,.2f} to {told.high:,.2f}) {told.unit} a year, in prices of "
        f"{told.year}."
    )


def _range(told: MeasuredInjury | Effect) -> str:
    return f"{amount_range(f'{told.best:.2f}', told.unit)} a year."
