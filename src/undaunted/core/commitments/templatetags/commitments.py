"""Tags for boards: words of vocabularies, names of states, sources beside what they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from undaunted.core.commitments.rules import instruments
from undaunted.core.commitments.writers import state_name, told

if TYPE_CHECKING:
    from undaunted.core.commitments.rules import Instrument, Statement
    from undaunted.core.practices.rules import Source

__all__ = ["feature_named", "register", "sources_named", "state_told", "title_told", "word_told"]

register = template.Library()


@register.filter
def word_told(value: str, kind: str) -> str:
    """`{{ row.status|word_told:"Status" }}`: the term in words."""
    return told(kind, str(value))


@register.filter
def state_told(code: str) -> str:
    """`{{ row.state|state_told }}`: the name of a state or union in the reader's language."""
    return state_name(code)


@register.filter
def title_told(code: str) -> str:
    """`{{ row.instrument|title_told }}`: the title of an instrument, as its pack says it."""
    held = instruments().get(code)
    return held.title if held else code


@register.filter
def feature_named(instrument: Instrument, code: str) -> str:
    """`{{ instrument|feature_named:code }}`: the short name of a feature."""
    return instrument.feature(code).short


@register.filter
def sources_named(statement: Statement, names: tuple[str, ...]) -> list[Source]:
    """`{{ statement|sources_named:told.sources }}`: the sources that carry it."""
    return [each for each in statement.sources if each.id in names]
