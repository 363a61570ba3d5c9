"""Attributes of Office and open documents: which of them people write, which name things.

Most attributes hold the format's own signs: a colour, an alignment. Where people write, any word
of theirs may stand; where a thing is named, every mention has to be changed alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from undaunted.core.evidence.rules import Passages

__all__ = ["Names", "is_strange", "is_word", "spans_in"]

_TOLD: Final = frozenset(
    {"descr", "title", "name", "alt", "tooltip", "display", "displayName", "caption", "string",
     "string-value", "prompt", "promptTitle", "error", "errorTitle", "v", "uniqueName", "label",
     "help-message", "display-name", "text", "formula1", "formula2", "displayText", "instr",
     "filterVal", "userName", "ed", "oddHeader", "oddFooter", "condition", "description"}
)  # fmt: skip
"""Attributes that people write; others are the format's own and mostly hold its signs."""
_NAMED: Final = frozenset(
    {"alias", "tag", "name", "placeholder", "default", "listEntry", "listItem", "statusText",
     "helpText", "entryMacro", "exitMacro", "filter", "customFilter", "attr", "docPart",
     "category", "description", "smartTag", "docVar", "permStart"}
)  # fmt: skip
"""Elements whose value people write."""
_KEYS: Final = frozenset(
    {"styleId", "anchor", "location", "ref-name", "class", "ascii", "hAnsi", "cs", "eastAsia",
     "typeface", "face", "font-family", "style-name", "next-style-name", "parent-style-name",
     "master-page-name", "list-style-name", "data-style-name", "page-layout-name", "font-name",
     "control", "target-frame-name", "range", "reference", "xmlName", "spid", "id", "refersTo",
     "element", "uri", "identifier"}
)  # fmt: skip
"""Attributes that name a thing, or mention it."""
_STYLES: Final = frozenset(
    {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"}
)
"""Elements whose value mentions a style."""
_VALUE: Final = frozenset({"val", "value", "displayText"})
_LINKS: Final = frozenset({"Target", "href"})
_SIGN: Final = re.compile(r"[a-z][A-Za-z0-9]{0,40}")
_LETTERS: Final = 4
_SHEETS: Final = frozenset({"sheet", "table"})
_LONGEST_SHEET: Final = 28
"""A name of a sheet has at most 31 signs; a number may follow."""
_KNOWN: Final = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/",
    "http://purl.oclc.org/ooxml/",
    "http://purl.org/",
    "http://www.w3.org/",
    "http://docs.oasis-open.org/",
    "http://openoffice.org",
    "urn:schemas-microsoft-com:",
    "urn:oasis:names:tc:opendocument:",
    "urn:org:documentfoundation:",
)
"""How the names of the formats' own vocabularies begin."""


def spans_in(
    element: etree._Element, key: str, value: str, every: Passages, long: Passages
) -> list[tuple[int, int]]:
    """Give where passages stand in an attribute: short ones as words, where people write it."""
    local, owner = etree.QName(key).localname, etree.QName(element).localname
    told = local in _TOLD or owner in _NAMED or (local in _LINKS and ":" in value)
    if told or _is_key(owner, local):
        return [
            (start, end)
            for start, end in every.spans(value)
            if is_word(start, end, value) or long.found([value[start:end]])
        ]
    if len(value) < _LETTERS or _SIGN.fullmatch(value):
        return []
    return long.spans(value)


def is_word(start: int, end: int, text: str) -> bool:
    """Tell whether no letter or figure goes on before or behind."""
    return not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum()


def is_strange(element: etree._Element, long: Passages) -> bool:
    """Tell whether a passage stands where no program looks: in a name of a foreign format."""
    names = [*element.nsmap.items()]
    for each in (element.tag, *element.attrib):
        own = etree.QName(each)
        names.append((own.localname, own.namespace or ""))
    foreign = [
        word for local, space in names if not space.startswith(_KNOWN) for word in (local, space)
    ]
    return bool(long.found(filter(None, foreign)))


class Names:
    """Names of things in one file: each is changed alike wherever it stands, no two become one."""

    def __init__(self) -> None:
        self._made: dict[tuple[bool, str], str] = {}

    def over(self, element: etree._Element, key: str, value: str, told: str) -> str:
        """Give what stands in place of an attribute's value; `told` is it with its bars."""
        local, owner = etree.QName(key).localname, etree.QName(element).localname
        sheet = owner in _SHEETS and local == "name"
        if not (sheet or _is_key(owner, local) or local in {"name", "displayName"}):
            return told
        if (sheet, value) not in self._made:
            begun = told[:_LONGEST_SHEET] if sheet else "redacted"
            held, made, count = set(self._made.values()), begun, 1
            while made in held:
                count += 1
                made = f"{begun}{count}" if not sheet else f"{begun} {count}"
            self._made[sheet, value] = made
        return self._made[sheet, value]


def _is_key(owner: str, local: str) -> bool:
    return local in _KEYS or (owner in _STYLES and local in _VALUE)
