"""Reads of matching: who is whom, what waits for a person, and who judged what."""

from undaunted.core.matching.queries.standing import judged_of_entries, standing_of

__all__ = ["judged_of_entries", "standing_of"]
