"""What the formats of ownership call rights and parties, in our words."""

from undaunted.coercion.screening.rules.interests import (
    EARLIER,
    INTERESTS,
    KINDS_OF_ENTITY,
    OFFICES,
    SHARELESS,
    interest_of,
)
from undaunted.coercion.screening.rules.statements import Publication, statements_of

__all__ = [
    "EARLIER",
    "INTERESTS",
    "KINDS_OF_ENTITY",
    "OFFICES",
    "SHARELESS",
    "Publication",
    "interest_of",
    "statements_of",
]
