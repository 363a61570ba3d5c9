"""The small language in which a pack says how its criteria make an outcome.

    expression = { met = "criterion" } | { category = "code" } | { not = expression }
               | { all = [expression, ...] } | { any = [expression, ...] }
               | { at_least = 2, of = [expression, ...] }

Total: every expression has a value for every set of findings, and there are no loops. There is
deliberately no way to ask whether something *is unclear*: with it, learning more could turn a
decided result, and nothing here may do that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.core.standards.rules.findings import UNASSESSED, Finding, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["AtLeast", "Expression", "Met", "Not", "Verdict", "criteria_of", "read_expression"]

_SHAPES = "met, category, not, all, any, or at_least with of"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A value with the criteria that carry it.

    While met or not met, `because` alone gives the same value; while unclear, `because` holds
    the unclear criteria that keep it so.
    """

    value: Value
    because: frozenset[str]


@dataclass(frozen=True, slots=True)
class Met:
    """One criterion is met."""

    criterion: str

    def judge(self, findings: Mapping[str, Finding]) -> Verdict:
        """Return the value under these findings and the criteria that carry it."""
        value = findings.get(self.criterion, UNASSESSED).value
        return Verdict(value, frozenset({self.criterion}))


@dataclass(frozen=True, slots=True)
class Not:
    """The inner expression is not met."""

    inner: Expression

    def judge(self, findings: Mapping[str, Finding]) -> Verdict:
        """Return the value under these findings and the criteria that carry it."""
        verdict = self.inner.judge(findings)
        return Verdict(verdict.value.negated(), verdict.because)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the parts are met: `all` asks for every part, `any` for one."""

    count: int
    parts: tuple[Expression, ...]

    def judge(self, findings: Mapping[str, Finding]) -> Verdict:
        """Return the value under these findings and the criteria that carry it."""
        verdicts = [part.judge(findings) for part in self.parts]
        met = sum(verdict.value is Value.MET for verdict in verdicts)
        possible = sum(verdict.value is not Value.NOT_MET for verdict in verdicts)
        if met >= self.count:
            value = Value.MET
        elif possible < self.count:
            value = Value.NOT_MET
        else:
            value = Value.UNCLEAR
        carriers = [verdict.because for verdict in verdicts if verdict.value is value]
        return Verdict(value, frozenset().union(*carriers))


Expression = Met | Not | AtLeast


def criteria_of(expression: Expression) -> frozenset[str]:
    """Return every criterion that the expression names."""
    if isinstance(expression, Met):
        return frozenset({expression.criterion})
    if isinstance(expression, Not):
        return criteria_of(expression.inner)
    return frozenset().union(*(criteria_of(part) for part in expression.parts))


def read_expression(
    data: object,
    *,
    criteria: frozenset[str],
    categories: Mapping[str, Expression],
    place: str,
    problems: list[str],
) -> Expression:
    """Return the expression that `data` writes; what is wrong with it is added to `problems`.

    After a problem, what comes back only keeps the reader going; the pack is refused.
    """
    reader = _Reader(criteria, categories, problems)
    return reader.read(data, place)


_PLACEHOLDER = Met("")


@dataclass(frozen=True, slots=True)
class _Reader:
    criteria: frozenset[str]
    categories: Mapping[str, Expression]
    problems: list[str]

    def read(self, data: object, place: str) -> Expression:
        if not isinstance(data, dict):
            return self._refuse(f"{place}: write a table with one of {_SHAPES}")
        keys = frozenset(data)
        if keys == {"met"}:
            return self._criterion(data["met"], place)
        if keys == {"category"}:
            return self._category(data["category"], place)
        if keys == {"not"}:
            return Not(self.read(data["not"], f"{place}.not"))
        if keys in ({"all"}, {"any"}, {"at_least", "of"}):
            return self._counted(data, place)
        found = ", ".join(sorted(str(key) for key in keys)) or "nothing"
        return self._refuse(f"{place}: found {found}; write one of {_SHAPES}")

    def _criterion(self, name: object, place: str) -> Expression:
        if name not in self.criteria:
            return self._refuse(
                f"{place}.met: {name!r} is no criterion of this pack; use one of "
                + ", ".join(sorted(self.criteria))
            )
        return Met(str(name))

    def _category(self, code: object, place: str) -> Expression:
        if code not in self.categories:
            return self._refuse(
                f"{place}.category: {code!r} is no category that stands above; use one of "
                + (", ".join(self.categories) or "none, there are none")
            )
        return self.categories[str(code)]

    def _counted(self, data: Mapping[str, Any], place: str) -> Expression:
        word = next(key for key in ("all", "any", "of") if key in data)
        items = data[word]
        if not isinstance(items, list) or not items:
            return self._refuse(f"{place}.{word}: write a list with at least one expression")
        parts = tuple(self._each(items, f"{place}.{word}"))
        count = {"all": len(parts), "any": 1}.get(word, data.get("at_least"))
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(parts):
            return self._refuse(f"{place}.at_least: write a number from 1 to {len(parts)}")
        return AtLeast(count, parts)

    def _each(self, items: list[object], place: str) -> Iterator[Expression]:
        for number, item in enumerate(items, start=1):
            yield self.read(item, f"{place}[{number}]")

    def _refuse(self, problem: str) -> Expression:
        self.problems.append(problem)
        return _PLACEHOLDER
