"""What is written in English below the pages, told in the reader's language.

Engines and rules know no language: they refuse in English sentences, and packs hold the law in our
English summary. Whoever owns such sentences registers where they stand; `make messages` gathers
them from there, and pages tell them through the catalogue. What no translator has had yet, and what
is quoted from a law, stays English and is marked as such.
"""

from undaunted.site.english.packs import LAW, pack_texts, register_packs
from undaunted.site.english.sources import SAID, register_rooms, said_texts
from undaunted.site.english.telling import law_told, marked, marked_of, refusal_told, told_by_field

__all__ = [
    "LAW",
    "SAID",
    "law_told",
    "marked",
    "marked_of",
    "pack_texts",
    "refusal_told",
    "register_packs",
    "register_rooms",
    "said_texts",
    "told_by_field",
]
