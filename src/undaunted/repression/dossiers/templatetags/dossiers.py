"""Tags for pages about dossiers: terms and facts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.core.commitments.writers import state_name as named
from undaunted.core.events.rules import labels
from undaunted.repression.dossiers.writers import (
    in_words,
    not_compared,
    not_searched,
    not_searched_yet,
    silence_told,
    spoken_named,
    unread_told,
)
from undaunted.repression.sanctions.rules import facts
from undaunted.repression.sanctions.writers import (
    act_told,
    agreement_sentence,
    scattered_sentence,
    within,
)
from undaunted.site.english import law_told, marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from django.utils.safestring import SafeString

    from undaunted.repression.dossiers.analysis import Lacking, LawLine, SearchTold, Sheet
    from undaunted.repression.sanctions.rules import ListSpoken, RegimeTest

__all__ = [
    "abroad_of",
    "act_number",
    "act_of",
    "act_type",
    "agreement",
    "fact",
    "nothing_found",
    "register",
    "scattered",
    "search_of",
    "since_held",
    "spoken",
    "state_name",
    "term",
    "tlp",
    "together",
    "together_within",
    "uncompared",
    "unsearched",
]

register = template.Library()


@register.simple_tag
def abroad_of(sheet: Sheet, line: LawLine) -> str:
    """`{% abroad_of sheet each as query %}`: what fills in that the act was abroad, where it lacks.

    Nothing where the ledger does not say in which state the act was, or it was in that of the law.
    """
    if not any("abroad" in way for each in line.lacking for way in each.wants):
        return ""
    for each in sheet.acts:
        country = each.act.country if each.act else ""
        mine = sheet.numbers[each.key] == line.whole.act
        if mine and country and country != line.authority.jurisdiction:
            said = _("By the ledger the act was in %(country)s.") % {"country": named(country)}
            told = {"fact": "abroad", "value": "met", "act": each.key, "reasons": said}
            return urlencode(told)
    return ""


@register.filter
def term(value: object, kind: str) -> str:
    """`{{ each.kind|term:"Weighed" }}`: the term in words."""
    return in_words(kind, str(value)) if value else ""


@register.filter
def fact(code: str) -> SafeString | str:
    """`{{ each.fact|fact }}`: the title of a fact, marked where it is told in English."""
    known = facts().get(code)
    return marked(known.title, law=True) if known else code


@register.filter
def agreement(lacking: Lacking) -> str:
    """`{{ one|agreement }}`: of which facts nobody agreed to have the reader told."""
    return agreement_sentence(law_told(lacking.title), lacking.unagreed)


@register.filter
def together(codes: Iterable[str]) -> SafeString:
    """`{{ way|together }}`: facts that would meet an element only together."""
    return format_html_join(" + ", "{}", ((fact(each),) for each in codes))


@register.filter
def together_within(codes: Iterable[str]) -> SafeString:
    """`{{ way|together_within }}`: the same within a sentence, where a title begins small."""
    known = facts()
    return format_html_join(
        " + ",
        "{}",
        (
            (marked(known[each].title, law=True, shape=within) if each in known else each,)
            for each in codes
        ),
    )


@register.filter
def act_number(number: int) -> str:
    """`{{ test.act|act_number }}`: an act by its number in the dossier."""
    return act_told(number)


@register.filter
def act_of(sheet: Sheet, act: UUID) -> str:
    """`{{ sheet|act_of:each.row.act_id }}`: the act by its number; nothing where it is gone."""
    number = sheet.numbers.get(str(act))
    return act_told(number) if number else ""


@register.filter
def scattered(test: RegimeTest) -> str:
    """`{{ each.told|scattered }}`: that no act carries all elements that are met."""
    return scattered_sentence() if test.scattered else ""


@register.filter
def search_of(searches: Mapping[UUID, SearchTold], person: UUID) -> SearchTold:
    """`{{ searches|search_of:person.row.pk }}`: what the search for somebody can say."""
    return searches[person]


@register.filter
def spoken(told: ListSpoken) -> str:
    """`{{ each|spoken }}`: a list that was searched, and of which day its version is."""
    return spoken_named(told)


@register.filter
def unread(searched: Iterable[ListSpoken]) -> list[str]:
    """`{{ search.searched|unread }}`: of which a row could not be read, in sentences."""
    return list(unread_told(searched))


@register.filter
def unsearched(codes: Collection[str]) -> str:
    """`{{ unheld|unsearched }}`: which lists nobody can search here."""
    return not_searched(codes) if codes else ""


@register.filter
def since_held(codes: Collection[str]) -> str:
    """`{{ search.since|since_held }}`: which lists came since, and were not searched."""
    return not_searched_yet(codes) if codes else ""


@register.filter
def uncompared(names: Collection[str]) -> str:
    """`{{ search.unheard|uncompared }}`: which names could not be compared."""
    return not_compared(names) if names else ""


@register.simple_tag
def nothing_found() -> str:
    """`{% nothing_found %}`: that no entry was found on the lists that were searched."""
    return silence_told()


@register.filter
def act_type(code: str) -> str:
    """`{{ act.type|act_type }}`: what was done, in words."""
    return labels("act_types", get_language() or "en").get(code, code)


@register.filter
def state_name(code: str) -> str:
    """`{{ dossier.country|state_name }}`: the state in the reader's language."""
    return named(code)


@register.filter
def tlp(code: str) -> str:
    """`{{ dossier.tlp|tlp }}`: the marking as it is printed, TLP:AMBER."""
    return f"TLP:{code}"
