"""The register as this copy ships it: read strictly from its pack, every fault at once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.commitments.rules import CommitmentAnswer, Status, is_state
from undaunted.core.listings.rules import Measure
from undaunted.core.practices.rules.checking import (
    choice_problems,
    day_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems
from undaunted.core.standards.rules import packs
from undaunted.repression.sanctions.rules.authorities import (
    Authority,
    Begun,
    Facet,
    FacetKind,
    ListedAs,
    Provided,
)
from undaunted.repression.sanctions.rules.facts import FactKind, facts
from undaunted.repression.sanctions.rules.refusals import AuthorityUnknown, RegisterBroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.core.practices.rules import Source

__all__ = ["authorities", "authorities_under", "authority_for", "read_authorities"]

LONGEST = 600
_TOP = frozenset({"authorities", "sources"})
_TEXTS = ("code", "jurisdiction", "title", "short", "since")
_MORE = ("status", "pack", "no_test", "invented", "follows", "adopted", "runs_until", "listed_as")
_ROW = frozenset({*_TEXTS, *_MORE, "measures", "told"})
_TOLD = frozenset({"answer", "text", "sources"})
_LISTED = frozenset({"list", "code", "exact", "sources"})
_PROVIDED = frozenset({"measure", "clause", "people", "sources"})
_ANSWERS = (CommitmentAnswer.HAS, CommitmentAnswer.LACKS)


@cache
def authorities() -> Mapping[str, Authority]:
    """Give every authority by its code, in the order of the pack, invented ones last."""
    held = files("undaunted.repression.sanctions").joinpath("packs", "authorities.toml")
    return read_authorities(held.read_text("utf-8"))


def authority_for(code: str) -> Authority:
    """Give one authority. Raises `AuthorityUnknown` with the codes that there are."""
    try:
        return authorities()[code]
    except KeyError:
        known = ", ".join(authorities())
        raise AuthorityUnknown(
            f"authority: {code} stands nowhere in the register; there are {known}"
        ) from None


def authorities_under(source: str, programme: str) -> tuple[tuple[Authority, bool], ...]:
    """Give the laws under which a list names a programme, each with whether it is the only one."""
    return tuple(
        (authority, listed.exact)
        for authority in authorities().values()
        for listed in authority.listed_as
        if (listed.source, listed.code) == (source, programme)
    )


def read_authorities(text: str) -> Mapping[str, Authority]:
    """Give the authorities of a pack. Raises `RegisterBroken` with everything that is wrong."""
    held = tomllib.loads(text)
    rows, sources = held.get("authorities", []), held.get("sources", [])
    problems = [*extra_problems("the register", held, _TOP)]
    for number, row in enumerate(sources, start=1):
        problems += source_problems(f"sources[{number}]", row)
    for number, row in enumerate(rows, start=1):
        problems += _row_problems(f"authorities[{number}]", row)
    if not problems:
        problems += _agreement_problems(rows, sources)
    if problems:
        raise RegisterBroken("authorities", tuple(problems))
    known = {row["id"]: read_source(row) for row in sources}
    found = [_authority(row, known) for row in rows]
    return MappingProxyType({each.code: each for each in sorted(found, key=lambda a: a.invented)})


def _authority(row: Mapping[str, Any], known: Mapping[str, Source]) -> Authority:
    def named(table: Mapping[str, Any]) -> tuple[Source, ...]:
        return tuple(known[name] for name in table["sources"])

    told = {
        kind: Facet(
            kind,
            row["told"][kind]["text"],
            named(row["told"][kind]),
            CommitmentAnswer(row["told"][kind]["answer"])
            if "answer" in row["told"][kind]
            else None,
        )
        for kind in FacetKind
        if kind in row["told"]
    }
    listed = tuple(
        ListedAs(each["list"], each["code"], each["exact"], named(each))
        for each in row.get("listed_as", ())
    )
    measures = tuple(
        Provided(Measure(each["measure"]), each["clause"], each.get("people", False), named(each))
        for each in row.get("measures", ())
    )
    return Authority(
        code=row["code"],
        jurisdiction=row["jurisdiction"],
        title=row["title"],
        short=row["short"],
        status=Status(row["status"]),
        since=PartialDate.parse(row["since"]).text,
        told=MappingProxyType(told),
        listed_as=listed,
        pack=row.get("pack", ""),
        no_test=row.get("no_test", ""),
        conduct=_conduct(row.get("pack", "")),
        invented=row.get("invented", False),
        follows=row.get("follows", False),
        begun=_begun(row),
        runs_until=PartialDate.parse(row["runs_until"]).latest if "runs_until" in row else None,
        measures=measures,
    )


def _begun(row: Mapping[str, Any]) -> Begun:
    if Status(row["status"]).lacking:
        return Begun.READ
    return Begun.ADOPTED if row.get("adopted") else Begun.IN_FORCE


def _conduct(name: str) -> tuple[str, ...]:
    """Give the facts of conduct that the newest version of a pack names."""
    named = {code for each in packs() if each.id == name for code in each.criteria}
    return tuple(
        each.id for each in facts().values() if each.kind is FactKind.CONDUCT and each.id in named
    )


def _row_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _ROW)
    for name in _TEXTS:
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    if not is_state(str(row.get("jurisdiction"))):
        yield f"{place}, jurisdiction: write the code of a state, or EU"
    yield from choice_problems(f"{place}, status", row.get("status"), Status)
    yield from day_problems(f"{place}, since", row.get("since"))
    if "runs_until" in row:
        yield from day_problems(f"{place}, runs_until", row["runs_until"])
    if bool(row.get("pack")) == bool(row.get("no_test")):
        yield f"{place}, pack: name the rule pack, or say in no_test why there is none"
    for name, table in row.get("told", {}).items():
        yield from choice_problems(f"{place}, told", name, FacetKind)
        yield from extra_problems(f"{place}, told, {name}", table, _TOLD)
        yield from text_problems(f"{place}, told, {name}", table.get("text"), LONGEST)
        yield from ids_problems(f"{place}, told, {name}", table.get("sources"), needed=True)
        if "answer" in table:
            yield from choice_problems(f"{place}, told, {name}", table["answer"], _ANSWERS)
    for table in row.get("listed_as", ()):
        yield from extra_problems(f"{place}, listed_as", table, _LISTED)
        yield from ids_problems(f"{place}, listed_as", table.get("sources"), needed=True)
    for table in row.get("measures", ()):
        yield from extra_problems(f"{place}, measures", table, _PROVIDED)
        yield from choice_problems(f"{place}, measures", table.get("measure"), Measure)
        yield from text_problems(f"{place}, measures", table.get("clause"), LONGEST)
        yield from ids_problems(f"{place}, measures", table.get("sources"), needed=True)


def _agreement_problems(
    rows: list[Mapping[str, Any]], sources: list[Mapping[str, Any]]
) -> Iterator[str]:
    codes = [row["code"] for row in rows]
    for code in sorted({each for each in codes if codes.count(each) > 1}):
        yield f"authorities: {code} stands twice; remove one"
    known = {each.id for each in packs()}
    for row in rows:
        if row.get("pack") and row["pack"] not in known:
            yield f"{row['code']}, pack: there is no rule pack {row['pack']}"
    cited = [
        (f"{row['code']}, {name}", table["sources"])
        for row in rows
        for name, table in (
            *row.get("told", {}).items(),
            *(("listed_as", each) for each in row.get("listed_as", ())),
            *(("measures", each) for each in row.get("measures", ())),
        )
    ]
    yield from citation_problems([row["id"] for row in sources], cited)
