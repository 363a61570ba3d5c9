"""Columns that an import fills, with their SQL types, in the order in which rows are built."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACT",
    "ACT_FACTS",
    "CITATION",
    "ENTRY",
    "EVENT",
    "NAME",
    "PARTY",
    "PERSON",
    "SOURCE",
]

PERSON: Final = {
    "gender": "text",
    "birth": "text",
    "birth_earliest": "date",
    "birth_latest": "date",
    "death": "text",
    "death_earliest": "date",
    "death_latest": "date",
    "nationalities": "text[]",
    "country": "text",
    "roles": "text[]",
}
PARTY: Final = {"id": "uuid", **PERSON}
NAME: Final = {
    "id": "uuid",
    "party_id": "uuid",
    "text": "text",
    "kind": "text",
    "script": "text",
    "language": "text",
    "search_form": "text",
    "primary": "boolean",
}
EVENT: Final = {"id": "uuid", "country": "text", "start": "text"}
ACT_FACTS: Final = {
    "category": "text",
    "type": "text",
    "start": "text",
    "start_earliest": "date",
    "start_latest": "date",
    "end": "text",
    "end_earliest": "date",
    "end_latest": "date",
    "expected_end": "text",
    "confirmed": "date[]",
    "country": "text",
    "admin1": "text",
    "city": "text",
    "facility": "text",
    "authority": "text",
    "law": "text",
    "law_category": "text",
    "stage": "text",
    "sentence_kind": "text",
    "sentence_months": "integer",
    "release_type": "text",
    "whereabouts": "text",
    "health_alert": "text",
    "family_contact": "boolean",
    "tier": "text",
    "in_stock": "boolean",
}
ACT: Final = {
    "id": "uuid",
    "claim": "uuid",
    "event_id": "uuid",
    "victim_id": "uuid",
    "within": "uuid",
    **ACT_FACTS,
}
SOURCE: Final = {
    "id": "uuid",
    "publisher": "text",
    "title": "text",
    "language": "text",
    "url": "text",
    "published": "text",
}
CITATION: Final = {
    "id": "uuid",
    "source_id": "uuid",
    "subject_kind": "text",
    "subject_id": "uuid",
    "reliability": "text",
    "credibility": "text",
}
ENTRY: Final = {
    "id": "uuid",
    "source_key": "text",
    "party_id": "uuid",
    "event_id": "uuid",
    "row_digest": "text",
    "line": "integer",
}
