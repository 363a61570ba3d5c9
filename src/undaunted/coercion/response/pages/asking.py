"""The form in which a desk asks for a search: what it offers, what was chosen, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undaunted.coercion.response.actions import MOST_PARTNERS
from undaunted.coercion.response.analysis.laying import table_countries, table_sectors
from undaunted.coercion.response.analysis.words import (
    instrument_told,
    key_told,
    level_told,
    nation,
    pool_told,
    sector,
    sectors_asked,
)
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.fronts import shipped_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

__all__ = ["asked_of", "choices_for", "form_problems"]

NONE = "none"
INSTRUMENTS = ("tariff", "barrier", "export_control")
HIGHEST = ("10", "25", "50", "100", "ban")
CEILINGS = ("none", "0.1", "0.25", "0.5", "1", "2")
LEAST = ("none", "0.05", "0.1", "0.25", "0.5", "1")
REPLIES = {"none": [0], "half": [0, 50], "full": [0, 50, 100]}
KEYS = ("equal_loss", "gdp_share", NONE)
POOLS = ("members", "partners")
SECTORS = ("goods", "services", "all")
SHOCKS = ("quota", "tariff_pp", "ban")
FIRST, OWN = "lithuania-2021", "own"
LONGEST = 120


def form_problems(given: QueryDict) -> Iterator[str]:
    """Say in the reader's words what somebody has to choose or change; the rest the reader says."""
    partners, coercer = given.getlist("partners"), _coercer(given)
    if not partners:
        yield _("Choose at least one partner.")
    if len(partners) > MOST_PARTNERS:
        yield _("Choose at most %(number)s partners; the command line takes more.") % {
            "number": MOST_PARTNERS
        }
    if coercer and coercer in partners:
        yield _("%(country)s is the coercer and cannot be a partner.") % {
            "country": nation(coercer)
        }
    if not given.getlist("instruments"):
        yield _("Choose at least one measure.")
    if given.get("episode") != OWN:
        return
    if not given.get("coercer") or given.get("coercer") == given.get("target"):
        yield _("Choose two different countries of the table.")
    if given.get("own_kind") != "ban" and _number(given.get("own_value", "")) is None:
        yield _("Write as a number, in per cent, how much is levied or still let in.")


def asked_of(given: QueryDict) -> dict[str, Any]:
    """Give what was chosen as the table of a question, for the reader to judge."""
    highest = given.get("highest", "100")
    known = HIGHEST[: HIGHEST.index(highest) + 1] if highest in HIGHEST else ("100",)
    terms: dict[str, Any] = {
        "transfers": given.get("transfers", KEYS[0]),
        "among": given.get("among", POOLS[0]),
    }
    for name, offered in (("ceiling", CEILINGS), ("least_harm", LEAST)):
        chosen = given.get(name, NONE)
        if chosen in offered[1:]:
            terms[name] = float(chosen)
    name = given.get("name", "").strip()[:LONGEST]
    return _episode(given, name) | {
        "partners": given.getlist("partners"),
        "instruments": given.getlist("instruments"),
        "sectors": given.getlist("sector") or given.get("sectors", "goods"),
        "levels": [each if each == "ban" else float(each) for each in known],
        "retaliation": REPLIES.get(given.get("retaliation", "full"), REPLIES["full"]),
        "terms": terms,
    }


def choices_for(given: QueryDict, *, asked: bool) -> dict[str, Any]:
    """Give what the form offers, with what was chosen or the first question of this copy."""
    first = shipped_questions()[FIRST]
    partners = set(given.getlist("partners") if asked else first.partners)
    instruments = set(given.getlist("instruments") if asked else ["tariff"])
    usual = {each for q in shipped_questions().values() for each in q.partners} | partners
    named = sorted((nation(each), each) for each in table_countries())
    ticked = set(given.getlist("sector"))
    return {
        "name": given.get("name", ""),
        "episodes": _marked(
            given, "episode", FIRST,
            [
                (key, shipped_episodes()[key].title)
                for key in dict.fromkeys(each.episode for each in shipped_questions().values())
            ],
        ),
        "own": given.get("episode") == OWN,
        "own_value": given.get("own_value", ""),
        "coercers": _marked(given, "coercer", "", [(code, name) for name, code in named]),
        "targets": _marked(given, "target", "", [(code, name) for name, code in named]),
        "own_kinds": _marked(given, "own_kind", SHOCKS[0], _shocks()),
        "usual": [(code, name, code in partners) for name, code in named if code in usual],
        "others": [(code, name, False) for name, code in named if code not in usual],
        "instruments": [(each, instrument_told(each), each in instruments) for each in INSTRUMENTS],
        "sectors": _marked(
            given, "sectors", SECTORS[0], [(each, sectors_asked(each)) for each in SECTORS]
        ),
        "each_sector": [(code, sector(code), code in ticked) for code in table_sectors()],
        "ticked": bool(ticked),
        "highest": _marked(given, "highest", "100", [(each, level_told(each)) for each in HIGHEST]),
        "replies": _marked(given, "retaliation", "full", _replies()),
        "ceilings": _marked(given, "ceiling", "0.5", _levels(CEILINGS, _("no ceiling"))),
        "least": _marked(given, "least_harm", NONE, _levels(LEAST, _("none"))),
        "keys": _marked(given, "transfers", KEYS[0], [(each, key_told(each)) for each in KEYS]),
        "pools": _marked(given, "among", POOLS[0], [(each, pool_told(each)) for each in POOLS]),
    }  # fmt: skip


def _episode(given: QueryDict, name: str) -> dict[str, Any]:
    """Give the episode: one that is shipped, or one shock of the desk's own."""
    if given.get("episode") != OWN:
        return {"name": name or given.get("episode", ""), "episode": given.get("episode", "")}
    coercer, target = given.get("coercer", ""), given.get("target", "")
    shock: dict[str, Any] = {
        "importer": coercer, "exporter": target, "sectors": "goods",
        "kind": given.get("own_kind", ""),
    }  # fmt: skip
    value = _number(given.get("own_value", ""))
    if shock["kind"] != "ban" and value is not None:
        shock["value"] = value
    name = name or f"{coercer} - {target}"
    return {"name": name, "coercer": coercer, "target": target, "shocks": [shock]}


def _coercer(given: QueryDict) -> str:
    if given.get("episode") == OWN:
        return given.get("coercer", "")
    found = shipped_episodes().get(given.get("episode", ""))
    return "" if found is None else found.coercer


def _number(text: str) -> float | None:
    """Read a number as it is typed, with a comma or a point."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _marked(
    given: QueryDict, name: str, usual: str, offered: list[tuple[str, str]]
) -> list[tuple[str, str, bool]]:
    chosen = given.get(name, usual)
    return [(key, words, key == chosen) for key, words in offered]


def _levels(offered: tuple[str, ...], none: str) -> list[tuple[str, str]]:
    return [(each, none if each == NONE else level_told(each)) for each in offered]


def _replies() -> list[tuple[str, str]]:
    return [
        ("none", _("none")),
        ("half", _("up to half of each measure")),
        ("full", _("up to all of each measure")),
    ]


def _shocks() -> list[tuple[str, str]]:
    return [
        ("quota", _("It lets in only so much of the goods, per cent of before")),
        ("tariff_pp", _("It levies so much more on the goods, per cent")),
        ("ban", _("It lets no goods in")),
    ]
