"""Pairs, reasons and questions in words for people, and as plain values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from undaunted.core.matching.rules import Named, Verdict, Why
from undaunted.site.components.numbers import number_text
from undaunted.site.terminal import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.matching.rules import Contradiction, Form, OpenPair, Standing

__all__ = [
    "FIELDS",
    "KINDS",
    "VERDICTS",
    "WHYS",
    "contradiction_told",
    "names_told",
    "pair_told",
    "reason_told",
    "reasons_told",
    "sides_told",
    "standing_told",
    "told_by_field",
]

VERDICTS = {
    Verdict.SAME: gettext_lazy("the same"),
    Verdict.DIFFERENT: gettext_lazy("not the same"),
    Verdict.UNSURE: gettext_lazy("nobody can tell yet"),
}
WHYS = {
    Why.NEW: gettext_lazy("not judged"),
    Why.UNSURE: gettext_lazy("nobody could tell"),
    Why.CHANGED: gettext_lazy("changed since it was judged"),
    Why.WAITS: gettext_lazy("one person judged it, a second has not"),
    Why.DISPUTED: gettext_lazy("verdicts contradict each other"),
}
KINDS = {
    Named.PERSON: gettext_lazy("people of the registry"),
    Named.COMPANY: gettext_lazy("parties of investments"),
    Named.NOTICE: gettext_lazy("people named by notices"),
    Named.PARTY: gettext_lazy("people of the ledger"),
}
FIELDS = {
    "kind": gettext_lazy("Kind"),
    "names": gettext_lazy("Names"),
    "births": gettext_lazy("Born"),
    "nationalities": gettext_lazy("Nationality"),
    "identifiers": gettext_lazy("Papers and registers"),
    "gender": gettext_lazy("Gender"),
}
_GROUNDS = {
    "waits": gettext_lazy("One person judged this pair, and a second has not confirmed it."),
    "names": gettext_lazy("Compared by name: “%(left)s” and “%(right)s”, %(likeness)s alike."),
    "identical": gettext_lazy("The names are the same."),
    "met": gettext_lazy("“%(left)s” met “%(right)s” (%(by)s), %(likeness)s alike."),
    "left-over": gettext_lazy("“%(left)s” of the first name met nothing."),
    "right-over": gettext_lazy("“%(right)s” of the second name met nothing."),
    "set-aside": gettext_lazy("“%(left)s%(right)s” was not weighed."),
    "crossed-descent": gettext_lazy("The father in one name is the child in the other."),
    "other-order": gettext_lazy(
        "The same given names stand in another order, so the father may be another man."
    ),
    "other-syllables": gettext_lazy(
        "Read as Korean or Chinese, the given names have other syllables."
    ),
    "disguise": gettext_lazy("“%(left)s%(right)s” is written so that something hides (%(by)s)."),
}
_FACTS = {
    "named-by-issuer": gettext_lazy("An issuer says so: both bear the number of one entry."),
    "same-identifier": gettext_lazy("They share the number of a paper or register."),
    "other-identifier": gettext_lazy("Numbers of one kind of paper differ."),
    "same-birth": gettext_lazy("The day of birth is the same."),
    "near-birth": gettext_lazy("What is known of the birth can be the same."),
    "swapped-birth": gettext_lazy("Day and month of birth are the same, swapped."),
    "other-birth": gettext_lazy("The births differ."),
    "same-country": gettext_lazy("A state is the same."),
    "other-country": gettext_lazy("The states differ."),
    "other-gender": gettext_lazy("The genders differ."),
}


def reason_told(reason: Mapping[str, Any]) -> str:
    """Say a reason in a sentence; one of another engine by its own word."""
    if reason.get("ground") == "fact":
        return str(_FACTS.get(reason.get("by", ""), reason.get("by", "")))
    sentence = _GROUNDS.get(reason.get("ground", ""))
    if sentence is None:
        return str(reason.get("ground", ""))
    return str(sentence) % {
        "left": reason.get("left", ""),
        "right": reason.get("right", ""),
        "by": reason.get("by", ""),
        "likeness": number_text(round(100 * float(reason.get("likeness", 0)))) + " %",
    }


def reasons_told(reasons: Iterable[Mapping[str, Any]], *, brief: bool = False) -> list[str]:
    """Say reasons in sentences; in brief, what is known besides the name alone."""
    shown = [each for each in reasons if not brief or each.get("ground") in {"fact", "identical"}]
    return [reason_told(each) for each in shown]


def names_told(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Give the names that were compared, from the first reason."""
    shown = next((each for each in reasons if each.get("ground") == "names"), {})
    return str(shown.get("left", "")), str(shown.get("right", ""))


def told_by_field(form: Form) -> dict[str, tuple[str, ...]]:
    """Give what a form says, by field."""
    held = form.as_data().items()
    return {name: (said,) if isinstance(said, str) else tuple(said) for name, said in held}


def sides_told(sides: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> Iterator[str]:
    """Give lines for a terminal of what each side says, by field; signs that command are escaped.

    Signs that turn writing are as well, so that nobody reads one name for another.
    """
    for heading, fields in sides:
        yield seen(heading)
        for name, texts in fields.items():
            yield f"  {name:<14} {seen('; '.join(texts))}"


def pair_told(pair: OpenPair) -> dict[str, Any]:
    """Give an open pair for programs."""
    return {
        "left": ":".join(pair.left),
        "right": ":".join(pair.right),
        "likeness": pair.score,
        "strong": pair.strong,
        "why": pair.why.value,
        "reasons": [dict(each) for each in pair.reasons],
    }


def contradiction_told(found: Contradiction) -> dict[str, Any]:
    """Give a contradiction for programs."""
    return {
        "left": found.left.key,
        "right": found.right.key,
        "different": found.different,
        "chain": list(found.chain),
    }


def standing_told(standing: Standing) -> dict[str, Any]:
    """Give who is whom for programs: parties of more than one entry, and what is not settled."""
    return {
        "entries": len(standing.party_of),
        "parties": len(standing.members),
        "joined": {
            party: [":".join(key) for key in keys]
            for party, keys in sorted(standing.members.items())
            if len(keys) > 1
        },
        "open": len(standing.open),
        "contradictions": [contradiction_told(each) for each in standing.contradictions],
        "refused": {":".join(each.key): each.why for each in standing.refused},
        "waiting": len(standing.waiting),
    }
