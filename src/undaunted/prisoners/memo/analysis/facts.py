"""Everything a memo says, before it is put into words: gathered once, aggregates only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Final

from undaunted.core.practices.queries import practice_menu, practices_for
from undaunted.core.practices.rules import Aim, PracticeTlp
from undaunted.engines.census.panels import Covered, PanelChange, PanelPoint, panel_change
from undaunted.engines.census.trends import Trend, trend_of
from undaunted.prisoners.memo.analysis.cases import CaseLine, case_line
from undaunted.prisoners.memo.queries import (
    AskedTexts,
    agreed_cases,
    desk_texts,
    texts_agreed,
)
from undaunted.prisoners.memo.rules import TextKind, Variant, printable
from undaunted.prisoners.registry.queries.counting import Ask, counts, flows
from undaunted.prisoners.registry.queries.countries import (
    held_by_country,
    list_names,
    published_by_country,
    publishers_cited,
)
from undaunted.prisoners.registry.queries.tactics import Tactic, tactics_on
from undaunted.prisoners.registry.queries.year_flows import flows_by_country
from undaunted.prisoners.registry.queries.years import first_years, lists_by_year
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    EVERYWHERE,
    RULE,
    SERIES_YEARS,
    Breakdown,
    PanelBreak,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.rules import MenuEntry
    from undaunted.prisoners.memo.rules import DeskText, MemoRequest
    from undaunted.prisoners.registry.rules.counts import (
        BandCount,
        CountResult,
        FlowResult,
    )

__all__ = ["MOST_CASES", "CountryFacts", "WorldFacts", "country_facts", "menu_for", "world_facts"]

MOST_CASES: Final = 5
PUBLISHERS: Final = 3


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """A country on a day and a year before, who may be named, what may be said and done."""

    asked: MemoRequest
    publisher: str
    on: date
    """The day on which it is built: consent is asked of it."""
    stock: CountResult
    before: CountResult
    moved: FlowResult
    years: tuple[tuple[date, int], ...]
    breaks: tuple[PanelBreak, ...]
    """Days of `years` on which a list counts somebody for the first time."""
    panel: PanelChange
    trend: Trend | None
    tactics: tuple[Tactic, ...]
    publishers: tuple[str, ...]
    lists: dict[str, str]
    asked_consent: bool
    """It is built by somebody of an organisation, whose cases can be asked about."""
    cases: tuple[CaseLine, ...]
    texts: tuple[DeskText, ...]
    asked_texts: AskedTexts
    """The same, with those that stay out because of somebody whom they name."""
    menu: tuple[MenuEntry, ...]

    @property
    def has_data(self) -> bool:
        """Anything of this country is published for the day or the years before."""
        return (
            any(persons for _day, persons in self.years)
            or any(each.persons for each in self.tactics)
            or max(self.stock.bands.high, self.before.bands.high) > 0
        )

    @property
    def begun(self) -> tuple[str, ...]:
        """Lists that came in between the two days that are compared."""
        return tuple(slug for each in self.breaks if each.at == self.stock.as_of
                     for slug in each.lists)  # fmt: skip

    def parts(self, breakdown: Breakdown) -> tuple[BandCount, ...]:
        """Give those parts of the stock that count anybody, the largest first."""
        found = dict(self.stock.breakdowns).get(breakdown, ())
        held = [each for each in found if each.persons and each.value]
        return tuple(sorted(held, key=lambda each: (-each.persons, each.value or "")))

    def said(self, kind: TextKind) -> tuple[DeskText, ...]:
        """Give the desk's texts of a kind about the country as a whole."""
        return tuple(each for each in self.texts if each.kind is kind and each.subject is None)


@dataclass(frozen=True, slots=True)
class WorldFacts:
    """The world on a day: by role and by country, every tactic, the menu; nobody's name."""

    asked: MemoRequest
    publisher: str
    on: date
    stock: CountResult
    countries: tuple[tuple[str, int], ...]
    since: date
    """The day a year before."""
    died: tuple[tuple[str, int], ...]
    """Deaths in custody in the year before the day, by country; `*` in all, first."""
    tactics: tuple[Tactic, ...]
    menu: tuple[MenuEntry, ...]

    def parts(self, breakdown: Breakdown) -> tuple[BandCount, ...]:
        """Give those parts of the stock that count anybody, the largest first."""
        found = dict(self.stock.breakdowns).get(breakdown, ())
        held = [each for each in found if each.persons]
        return tuple(sorted(held, key=lambda each: (-each.persons, each.value or "")))


def country_facts(
    actor: Actor, asked: MemoRequest, *, holder: UUID | None, publisher: str, on: date
) -> CountryFacts:
    """Gather what a memo about one country says; without `holder` it names nobody."""
    known = None if asked.newest else asked.known_at
    since = _years_before(asked.as_of, 1)
    stock, past = _stocks(actor, asked, known)
    points = [*past, stock]
    years = tuple((each.as_of, each.persons) for each in points)
    begun = lists_by_year(actor).get(asked.country, {})
    breaks = _breaks(points, begun, first_years(actor).get(asked.country, 0))
    asked_texts = _texts(actor, asked, holder, on)
    texts = asked_texts.shown
    tactics = tactics_on(actor, as_of=asked.as_of, country=asked.country, known_at=known)
    named = [name for name, _cases in publishers_cited(
        actor, country=asked.country, limit=PUBLISHERS)]  # fmt: skip
    moved = flows(actor, since=since, until=asked.as_of, country=asked.country, known_at=known)
    return CountryFacts(
        asked=asked,
        publisher=publisher,
        on=on,
        stock=stock,
        before=past[-1],
        moved=moved,
        years=years,
        breaks=breaks,
        panel=_panel(past[-1], stock, breaks),
        trend=_trend(years, breaks),
        tactics=tactics,
        publishers=tuple(named),
        lists=list_names(actor, {each.value for each in _by_list(stock) if each.value}),
        asked_consent=holder is not None,
        cases=_cases(actor, asked, holder, texts, on),
        texts=texts,
        asked_texts=asked_texts,
        menu=menu_for(actor, asked, holder),
    )


def world_facts(actor: Actor, asked: MemoRequest, *, publisher: str, on: date) -> WorldFacts:
    """Gather what a memo about the world says."""
    known = None if asked.newest else asked.known_at
    several = (Breakdown.ROLE, Breakdown.GENDER, Breakdown.LAW)
    found = counts(actor, *(Ask(asked.as_of, None, known, by=each) for each in several))
    since = _years_before(asked.as_of, 1)
    return WorldFacts(
        asked=asked,
        publisher=publisher,
        on=on,
        stock=_beside(found[0], found),
        countries=_by_country(actor, asked, known),
        since=since,
        died=_died(actor, asked, since),
        tactics=tactics_on(actor, as_of=asked.as_of, known_at=known),
        menu=menu_for(actor, asked, None),
    )


def menu_for(actor: Actor, asked: MemoRequest, holder: UUID | None) -> tuple[MenuEntry, ...]:
    """Give the practices of release that whoever reads this memo may see.

    What is AMBER is for one's own organisation, RED for whoever builds the memo and asks for it;
    what another government will read holds only what is CLEAR.
    """
    most = PracticeTlp.CLEAR
    if asked.variant is Variant.RESTRICTED and asked.stays:
        most = PracticeTlp.RED if asked.with_red else PracticeTlp.AMBER
    found = practice_menu(actor, aim=Aim.RELEASE, conditions=asked.conditions, most=most)
    if most is PracticeTlp.CLEAR or holder is None:
        return found
    ours = set(practices_for(actor).filter(holder=holder).values_list("reference", flat=True))
    wide = {PracticeTlp.CLEAR, PracticeTlp.GREEN}
    return tuple(each for each in found if each.tlp in wide or each.entry.reference in ours)


def _stocks(
    actor: Actor, asked: MemoRequest, known: datetime | None
) -> tuple[CountResult, list[CountResult]]:
    """Count the day with its parts, and the same day of the years before by list, all at once."""
    several = (Breakdown.ROLE, Breakdown.LAW, Breakdown.GENDER, Breakdown.LIST)
    days = [_years_before(asked.as_of, back) for back in range(SERIES_YEARS - 1, 0, -1)]
    asks = [Ask(asked.as_of, asked.country, known, by=each) for each in several]
    asks += [Ask(each, asked.country, known, by=Breakdown.LIST) for each in days]
    found = counts(actor, *asks)
    return _beside(found[0], found[: len(several)]), found[len(several) :]


def _breaks(
    points: list[CountResult], begun: Mapping[str, int], first: int
) -> tuple[PanelBreak, ...]:
    """Name the days on which lists begin to count, as the report does; the first list is no break.

    `begun` tells of each list the first year that counts somebody of it, `first` that of the
    country. A day within that year carries the break if it counts somebody already, else the next.
    """
    held = [{each.value for each in _by_list(point) if each.high} for point in points]
    found: dict[date, list[str]] = {}
    for slug, year in begun.items():
        at = year - points[0].as_of.year
        if at < len(points) - 1 and slug not in held[at] and not _ends_year(points[at].as_of):
            at += 1
        if year > min([first, *begun.values()]) and 0 < at < len(points):
            found.setdefault(points[at].as_of, []).append(slug)
    return tuple(PanelBreak(on, tuple(sorted(found[on]))) for on in sorted(found))


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _by_country(
    actor: Actor, asked: MemoRequest, known: datetime | None
) -> tuple[tuple[str, int], ...]:
    if known is None:
        held = held_by_country(actor, as_of=asked.as_of)
        found = [(code, each.persons) for code, each in held.items()]
    else:
        codes = sorted(published_by_country(actor))
        told = counts(actor, *(Ask(asked.as_of, code, known) for code in codes)) if codes else []
        found = [(code, each.persons) for code, each in zip(codes, told, strict=True)]
    return _most_first(found)


def _died(actor: Actor, asked: MemoRequest, since: date) -> tuple[tuple[str, int], ...]:
    codes = sorted(published_by_country(actor))
    moved = flows_by_country(
        actor,
        since=since,
        until=asked.as_of,
        since_known=asked.known_at,
        known_at=asked.known_at,
        stocks=dict.fromkeys((EVERYWHERE, *codes), (0, 0)),
    )
    whole = moved.pop(EVERYWHERE).died
    return ((EVERYWHERE, whole), *_most_first((code, each.died) for code, each in moved.items()))


def _most_first(found: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((pair for pair in found if pair[1]), key=lambda pair: (-pair[1], pair[0])))


def _beside(first: CountResult, found: list[CountResult]) -> CountResult:
    parts = tuple((each.breakdown, each.by) for each in found if each.breakdown)
    return replace(first, breakdowns=parts)


def _by_list(stock: CountResult) -> tuple[BandCount, ...]:
    return dict(stock.breakdowns).get(Breakdown.LIST, stock.by)


def _panel(before: CountResult, after: CountResult, breaks: tuple[PanelBreak, ...]) -> PanelChange:
    """Compare each list by itself; one that began in between has no number before."""
    begun = {slug for each in breaks if each.at == after.as_of for slug in each.lists}
    old = {
        each.value: each.persons
        for each in _by_list(before)
        if each.value and each.value not in begun
    }
    new = {each.value: each.persons for each in _by_list(after) if each.value}
    rule = f"{DEFAULT_STANDARD} {RULE}"

    def covered(names: set[str], numbers: dict[str, int]) -> tuple[Covered, ...]:
        return tuple(
            Covered(name, numbers.get(name, 0), frozenset({name}), rule) for name in sorted(names)
        )

    return panel_change(
        PanelPoint(before.as_of, covered(set(old) | set(new) - begun, old)),
        PanelPoint(after.as_of, covered(set(old) | set(new), new)),
    )


def _trend(years: tuple[tuple[date, int], ...], breaks: tuple[PanelBreak, ...]) -> Trend | None:
    told = list(dropwhile(lambda pair: not pair[1], years))
    if not told:
        return None
    first = told[0][0].toordinal()
    return trend_of(
        [on.toordinal() for on, _persons in told],
        [persons for _on, persons in told],
        breaks=[each.at.toordinal() for each in breaks if each.at.toordinal() > first],
    )


def _cases(
    actor: Actor,
    asked: MemoRequest,
    holder: UUID | None,
    texts: tuple[DeskText, ...],
    on: date,
) -> tuple[CaseLine, ...]:
    if holder is None:
        return ()
    first = [each.subject for each in texts if each.subject is not None]
    found = agreed_cases(
        actor,
        holder=holder,
        country=asked.country,
        audience=asked.reader,
        on=on,
        first=first,
    )
    lines = (case_line(each, asked, holder=holder, texts=texts) for each in found)
    return tuple(islice((each for each in lines if each is not None), MOST_CASES))


def _texts(actor: Actor, asked: MemoRequest, holder: UUID | None, on: date) -> AskedTexts:
    if holder is None:
        return AskedTexts()
    held = desk_texts(actor, holder, asked.country)
    wanted = tuple(
        each for each in held if printable(each, asked.variant) and each.language == asked.language
    )
    return texts_agreed(actor, wanted, asked, holder=holder, on=on)


def _years_before(day: date, years: int) -> date:
    wanted = max(day.year - years, 1)
    try:
        return day.replace(year=wanted)
    except ValueError:  # 29 February
        return day.replace(year=wanted, day=28)
