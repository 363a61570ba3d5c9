"""What a campaign hands out, and the words of its vocabularies."""

from undaunted.prisoners.campaigns.writers.words import (
    CHANNELS,
    KINDS,
    LEVELS,
    MATERIALS,
    MODES,
    REPLIES,
    VERDICTS,
    told,
)

__all__ = [
    "CHANNELS",
    "KINDS",
    "LEVELS",
    "MATERIALS",
    "MODES",
    "REPLIES",
    "VERDICTS",
    "told",
]
