"""The sectors of the shipped table in the reader's words, short enough for a line of a table.

Files and programs keep OECD's own names beside the codes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["sector_word"]


def sector_word(code: str) -> str:
    """Give a sector in words; a code of another table stays what it is."""
    return (_raised() | _made()).get(code, code)


def _raised() -> dict[str, str]:
    return {
        "A01": _("Agriculture and hunting"),
        "A02": _("Forestry and logging"),
        "A03": _("Fishing and aquaculture"),
        "B05": _("Coal and lignite"),
        "B06": _("Crude oil and natural gas"),
        "B07": _("Metal ores"),
        "B08": _("Other mining and quarrying"),
        "B09": _("Mining support services"),
        "Services (aggregate)": _("Services, construction, energy and water"),
    }


def _made() -> dict[str, str]:
    return {
        "C10T12": _("Food, beverages and tobacco"),
        "C13T15": _("Textiles, clothing and leather"),
        "C16": _("Wood and cork"),
        "C17_18": _("Paper and printing"),
        "C19": _("Coke and refined petroleum"),
        "C20": _("Chemicals"),
        "C21": _("Pharmaceuticals"),
        "C22": _("Rubber and plastics"),
        "C23": _("Other non-metallic mineral products"),
        "C24A": _("Iron and steel"),
        "C24B": _("Non-ferrous metals"),
        "C25": _("Metal products"),
        "C26": _("Computers, electronics and optics"),
        "C27": _("Electrical equipment"),
        "C28": _("Machinery"),
        "C29": _("Motor vehicles"),
        "C301": _("Ships and boats"),
        "C302T309": _("Other transport equipment"),
        "C31T33": _("Furniture and other manufactures"),
    }
