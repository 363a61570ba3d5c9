"""The chapters of the annual report: a closed list, in the order in which they stand."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

__all__ = ["EDITORIAL_CHAPTERS", "Chapter", "chapter_title", "takes_text"]


class Chapter(StrEnum):
    """A chapter by its key: addresses, numbers and texts name it, so it never changes."""

    SUMMARY = "summary"
    TOTALS = "totals"
    FLOWS = "flows"
    PEOPLE = "people"
    LEGISLATION = "legislation"
    WORK = "work"
    TACTICS = "tactics"
    RELEASES = "releases"
    DURATION = "duration"
    RELEASE_PRACTICES = "release_practices"
    ACCOUNTABILITY = "accountability"
    SUPPORT_PERSON = "support_person"
    SUPPORT_COMMUNITY = "support_community"
    COUNTRIES = "countries"
    METHODS = "methods"
    LIMITS = "limits"
    SOURCES = "sources"
    EXTERNAL = "external"


_TITLES: Mapping[Chapter, Promise] = MappingProxyType(
    {
        Chapter.SUMMARY: _("The year in brief"),
        Chapter.TOTALS: _("How many people are held"),
        Chapter.FLOWS: _("Who was detained and who was released"),
        Chapter.PEOPLE: _("Who is held"),
        Chapter.LEGISLATION: _("Which laws are used"),
        Chapter.WORK: _("Which human-rights work is targeted"),
        Chapter.TACTICS: _("Tactics"),
        Chapter.RELEASES: _("Releases"),
        Chapter.DURATION: _("How long people are held"),
        Chapter.RELEASE_PRACTICES: _("What has been done for release"),
        Chapter.ACCOUNTABILITY: _("What has been done for accountability"),
        Chapter.SUPPORT_PERSON: _("After release: support for the person"),
        Chapter.SUPPORT_COMMUNITY: _("After release: support for the community"),
        Chapter.COUNTRIES: _("Country by country"),
        Chapter.METHODS: _("Methods"),
        Chapter.LIMITS: _("Limits"),
        Chapter.SOURCES: _("Sources"),
        Chapter.EXTERNAL: _("What others have counted"),
    }
)

EDITORIAL_CHAPTERS: tuple[Chapter, ...] = tuple(
    each for each in Chapter if each not in {Chapter.METHODS, Chapter.SOURCES, Chapter.EXTERNAL}
)
"""Chapters at whose head signed texts stand. Methods and sources are what was done and used; beside
the counts of others we say nothing, so that nobody compares them in our name."""


def chapter_title(chapter: Chapter) -> str:
    """Give the title of a chapter in the language in force."""
    return str(_TITLES[chapter])


def takes_text(chapter: Chapter) -> bool:
    """Tell whether signed texts may stand at the head of a chapter."""
    return chapter in EDITORIAL_CHAPTERS
