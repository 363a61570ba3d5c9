"""Published cases for tests of pages, written as the owner: invented people of invented states."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from undaunted.core.actors.rules.names import search_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    OwnerSql = Callable[..., list[tuple[Any, ...]]]

__all__ = ["Case", "Source", "Stay", "publish", "some_cases", "take_down"]

STANDARD = "pace-1900"
KNOWN = "2020-01-01T00:00:00+00:00"
YEAR = 365


@dataclass(frozen=True)
class Stay:
    """One stretch of detention with its charge."""

    start: date
    end: date | None = None
    type: str = "pre_trial_detention"
    release_type: str = ""
    laws: tuple[str, ...] = ("extremism",)
    doubt: int = 0
    sentence_months: int | None = None


@dataclass(frozen=True)
class Source:
    """A source beside a case."""

    title: str = "Yearly review"
    publisher: str = "Committee of the Square"
    url: str = "https://example.org/review"


@dataclass(frozen=True)
class Case:
    """One published person."""

    reference: str
    name: str = "Anna Invented"
    other_names: tuple[tuple[str, str, str], ...] = ()
    """Text, script, language."""
    country: str = "XR"
    gender: str = "female"
    birth_year: int | None = 1980
    roles: tuple[str, ...] = ("journalist",)
    status: str = "recognised"
    tier: str = "A"
    stays: tuple[Stay, ...] = (Stay(date(2023, 3, 4)),)
    sources: tuple[Source, ...] = (Source(),)
    lists: tuple[str, ...] = ("first-list",)
    health_alert: str = ""
    id: UUID = field(default_factory=uuid4)

    @property
    def laws(self) -> list[str]:
        """Every law of every stay, once."""
        return sorted({law for stay in self.stays for law in stay.laws})

    @property
    def cell(self) -> int:
        """A number that cases with the same facet values share."""
        return hash((self.country, self.gender, self.roles, tuple(self.laws), self.status,
                     self.tier, self.held)) % 2**62  # fmt: skip

    @property
    def held(self) -> bool:
        """Whether the last stay goes on."""
        return any(stay.end is None for stay in self.stays)


def publish(owner_sql: OwnerSql, *cases: Case) -> None:
    """Insert the cases and work out everything that is counted from them."""
    for case in cases:
        _insert(owner_sql, "published_case", _row(case))
        names = [(case.name, "Latn", ""), *case.other_names] if case.name else []
        for text, script, language in names:
            _insert(owner_sql, "published_name",
                    {"case_id": case.id, "text": text, "kind": "full", "script": script,
                     "language": language})  # fmt: skip
        for stay in case.stays:
            _insert(owner_sql, "published_spell", _spell(case, stay))
        for segment in _segments(case):
            _insert(owner_sql, "published_segment", segment)
        for source in case.sources:
            _insert(owner_sql, "published_source",
                    {"case_id": case.id, "publisher": source.publisher, "title": source.title,
                     "url": source.url, "published": "2024-02", "claim": "",
                     "grade": "B2"})  # fmt: skip
    ids = [case.id for case in cases]
    for counted in ("changes", "flows", "cases", "places"):
        owner_sql(f"SELECT registry_add_{counted}(%s, 1)", [ids])
    owner_sql("SELECT registry_mark_change()")


def take_down(owner_sql: OwnerSql, reference: str, day: date) -> None:
    """Leave a tombstone, as a takedown does."""
    ids = [one for (one,) in owner_sql(
        "SELECT id FROM published_case WHERE reference = %s", [reference])]  # fmt: skip
    for counted in ("changes", "flows", "cases", "places"):
        owner_sql(f"SELECT registry_add_{counted}(%s, -1)", [ids])
    owner_sql("SELECT registry_forget(%s)", [ids])
    owner_sql("SELECT registry_add_places(%s, 1)", [ids])
    owner_sql("SELECT registry_mark_change()")
    _insert(owner_sql, "published_tombstone", {"reference": reference, "taken_down_on": day})


def some_cases(number: int = 60, seed: int = 7) -> Iterable[Case]:
    """Give invented people of the five states, in several scripts."""
    dice = random.Random(seed)  # noqa: S311 - invented people
    for at in range(1, number + 1):
        country = dice.choices(("XR", "XS", "XB", "XF", "XZ"), (5, 4, 4, 1, 2))[0]
        first, last, script, other = dice.choice(_NAMES)
        stays = tuple(_some_stays(dice))
        yield Case(
            reference=f"{country}-{at:05}",
            name=f"{first} {last}" if dice.random() < 0.92 else "",
            other_names=((other, script, _LANGUAGES[script]),) if other else (),
            country=country,
            gender=dice.choice(("female", "male", "male", "")),
            birth_year=dice.choice((None, dice.randrange(1948, 2003))),
            roles=tuple(sorted(dice.sample(_ROLES, dice.choice((1, 1, 2))))),
            status=dice.choices(("recognised", "candidate", "disputed", "former"), (8, 1, 1, 1))[0],
            tier=dice.choices("ABCD", (5, 4, 2, 1))[0],
            stays=stays,
            lists=tuple(sorted(dice.sample(("charter-97", "free-press-roll", "union-list"), 2))),
            health_alert=dice.choice(("", "", "", "care_denied")),
        )


_ROLES = ("activist", "artist", "hrd", "journalist", "lawyer", "opposition_politician", "student")
_LANGUAGES = {"Arab": "ar", "Cyrl": "ru", "Hans": "zh-hans", "Latn": ""}
_NAMES = (
    ("Anselm", "Rottmeyer", "Latn", ""),
    ("Bredica", "Holtzvar", "Latn", ""),
    ("Darya", "Belinskaya-Korb", "Cyrl", "Дарья Белинская-Корб"),
    ("Ilya", "Morozhenko", "Cyrl", "Илья Мороженко"),
    ("Layla", "al-Bahri al-Wahmi", "Arab", "ليلى البحري الوهمي"),
    ("Samir", "Qasr-Zayd", "Arab", "سمير قصر زيد"),
    ("Wen", "Lihua", "Hans", "文丽华"),
    ("Quo", "Mingde", "Hans", "果明德"),
    ("Zsigmond", "Várhelyi-Kopp", "Latn", ""),
    ("Ottoline", "Desgranges", "Latn", ""),
)


def _some_stays(dice: random.Random) -> Iterable[Stay]:
    day = date(2009, 1, 1) + timedelta(days=dice.randrange(5700))
    for last in (False, True) if dice.random() < 0.3 else (True,):
        end = day + timedelta(days=dice.randrange(40, 1900))
        open_end = last and (dice.random() < 0.45 or end > date(2026, 10, 1))
        yield Stay(
            day,
            None if open_end else min(end, date(2026, 10, 1)),
            type=dice.choice(("pre_trial_detention", "imprisonment", "house_arrest")),
            release_type="" if open_end else dice.choice(_WAYS_OUT),
            laws=tuple(sorted(dice.sample(_LAWS, dice.choice((1, 1, 2))))),
            doubt=dice.choice((0, 0, 30)),
            sentence_months=dice.choice((None, 24, 60, 96)),
        )
        if open_end or end > date(2025, 1, 1):
            return
        day = end + timedelta(days=dice.randrange(60, 400))


_WAYS_OUT = ("unconditional", "pardon_amnesty", "sentence_served", "conditional_parole", "died")
_LAWS = ("extremism", "terrorism", "foreign_agent_funding", "false_news", "public_order_assembly")


def _insert(owner_sql: OwnerSql, table: str, row: dict[str, Any]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    owner_sql(
        f"INSERT INTO {table} ({columns}) VALUES ({', '.join('%s' for _ in row)})",
        list(row.values()),
    )


def _row(case: Case) -> dict[str, Any]:
    last = case.stays[-1]
    texts = [case.name, *(text for text, _, _ in case.other_names)]
    names = " ".join(map(search_form, texts))
    return {
        "id": case.id, "reference": case.reference, "merged": [], "name": case.name,
        "search_form": f"{names} {case.reference.lower()}", "country": case.country,
        "gender": case.gender, "birth_year": case.birth_year, "roles": list(case.roles),
        "laws": case.laws, "lists": list(case.lists), "status": case.status,
        "standards": [STANDARD] if case.status == "recognised" else [], "tier": case.tier,
        "held_now": case.held, "first_start": case.stays[0].start.replace(day=1),
        "last_end": last.end.replace(day=1) if last.end else None,
        "release_type": last.release_type, "whereabouts": "known_contact" if case.held else "",
        "health_alert": case.health_alert, "cell": case.cell, "published_at": KNOWN,
        "changed_at": KNOWN,
    }  # fmt: skip


def _spell(case: Case, stay: Stay) -> dict[str, Any]:
    first, after = _month(stay.start)
    end_first, end_after = _month(stay.end) if stay.end else (None, None)
    return {
        "case_id": case.id, "claim": uuid4(), "category": "deprivation_of_liberty",
        "type": stay.type, "start": f"{stay.start:%Y-%m}",
        "end": f"{stay.end:%Y-%m}" if stay.end else "", "start_earliest": first,
        "start_latest": after, "end_earliest": end_first, "end_latest": end_after,
        "country": case.country, "admin1": "", "laws": list(stay.laws),
        "stage": "serving_sentence" if stay.sentence_months else "on_trial",
        "sentence_kind": "imprisonment" if stay.sentence_months else "",
        "sentence_months": stay.sentence_months, "release_type": stay.release_type,
        "tier": case.tier, "in_stock": True,
    }  # fmt: skip


def _segments(case: Case) -> Iterable[dict[str, Any]]:
    for stay in case.stays:
        sure = stay.start + timedelta(days=stay.doubt)
        lapse = sure + timedelta(days=YEAR)
        until = stay.end or date.max
        cuts = [(stay.start, sure, True, False), (sure, min(lapse, until), True, True),
                (lapse, until, False, True)]  # fmt: skip
        for start, end, verified, certain in cuts:
            if start < end and case.status == "recognised":
                yield _segment(case, STANDARD, case.country, (start, end), case.tier,
                               verified=verified, certain=certain)  # fmt: skip
        for start, end, certain in ((stay.start, sure, False), (sure, until, True)):
            if start < end:
                yield _segment(case, "*", "", (start, end), "-", certain=certain,
                               verified=stay.release_type == "died" and certain)  # fmt: skip


def _segment(  # noqa: PLR0913 - one argument a column
    case: Case, standard: str, country: str, days: tuple[date, date], tier: str,
    *, verified: bool, certain: bool,
) -> dict[str, Any]:  # fmt: skip
    return {
        "case_id": case.id, "standard": standard, "country": country, "start_on": days[0],
        "end_on": "infinity" if days[1] == date.max else days[1], "tier": tier,
        "verified": verified, "certain": certain, "cell": case.cell, "known_from": KNOWN,
        "known_to": "infinity",
    }  # fmt: skip


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
