"""The menu of practices, each in a few lines with what it needs, risks and evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Footnote, Name, Paragraph, Strong
from undaunted.core.practices.rules import PracticeSourceStatus, PracticeTlp
from undaunted.core.practices.writers import CONDITIONS, GRADES
from undaunted.prisoners.memo.analysis.words import commas, day
from undaunted.prisoners.memo.rules import shortened, stale_since
from undaunted.site.languages import LANGUAGES

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.editions.rules import Text
    from undaunted.core.practices.rules import MenuEntry

__all__ = ["practice_lists"]


def practice_lists(
    menu: tuple[MenuEntry, ...], letters: int, on: date, language: str
) -> tuple[tuple[Paragraph | Bullets, ...], int]:
    """Give a line for each practice, and how many of their texts were shortened.

    Practices that follow each other in one language are one list, which says so where it is not
    the memo's `language`.
    """
    lists: list[Paragraph | Bullets] = []
    cut = 0
    for tongue, entries in groupby(menu, key=lambda each: each.entry.language):
        lines: list[Text] = []
        for each in entries:
            line = _Line(letters)
            lines.append(line.told(each, on))
            cut += line.cut
        if tongue != language:
            lists.append(Paragraph((_written_in(tongue),)))
        lists.append(Bullets(tuple(lines), "" if tongue == language else tongue))
    return tuple(lists), cut


def _written_in(tongue: str) -> str:
    if tongue == "en":
        return _("Written in English.")
    own = {each.code: each.own_name for each in LANGUAGES}
    return _("Written in another language: %(language)s.") % {"language": own[tongue]}


class _Line:
    """One practice while it is written; counts what it shortens."""

    def __init__(self, letters: int) -> None:
        self._letters = letters
        self.cut = 0

    def told(self, item: MenuEntry, on: date) -> Text:
        """Write title, needs, risk, failure and evidence."""
        entry = item.entry
        marked = "" if item.tlp is PracticeTlp.CLEAR else f" [TLP:{item.tlp.value}]"
        needs = commas(str(CONDITIONS[each]) for each in item.missing)
        there = commas(str(CONDITIONS[each]) for each in item.met)
        pieces: list[str | Strong | Name | Footnote] = [Strong(f"{entry.title}{marked}."), " "]
        if needs:
            pieces.append(_("Still needed: %(conditions)s.") % {"conditions": needs} + " ")
        if there:
            pieces.append(_("There already: %(conditions)s.") % {"conditions": there} + " ")
        if entry.effects:
            best = entry.effects[0]
            grade = str(GRADES[best.grade])
            told = _("Seen together with it (%(grade)s): %(effect)s")
            pieces.append(told % {"grade": grade, "effect": self._short(best.text)} + " ")
        risk = (*entry.risks, *entry.failures)[0]
        pieces.append(_("Risk: %(risk)s") % {"risk": self._short(risk.text)})
        pieces.append(Footnote((self._note(item, on),)))
        return tuple(pieces)

    def _note(self, item: MenuEntry, on: date) -> str:
        source = item.entry.sources[0]
        told = {
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date,
            "reviewed": day(item.reviewed_on),
        }
        note = _("%(title)s, %(publisher)s, %(date)s. Reviewed here on %(reviewed)s.") % told
        if source.status is not PracticeSourceStatus.VERIFIED:
            note += " " + _("Not read at its publisher.")
        if stale := stale_since(item.reviewed_on, on):
            note += " " + _("Not confirmed since %(day)s.") % {"day": day(stale)}
        return note

    def _short(self, text: str) -> str:
        found, cut = shortened(text, self._letters)
        self.cut += cut
        return found
