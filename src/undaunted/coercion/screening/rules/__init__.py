"""What the formats of ownership call rights and parties, in our words."""

from undaunted.coercion.screening.rules.drawings import (
    Box,
    Bundle,
    Drawing,
    Holder,
    Part,
    Shape,
    Standing,
    Tie,
    Words,
)
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
    "Box",
    "Bundle",
    "Drawing",
    "Holder",
    "Part",
    "Publication",
    "Shape",
    "Standing",
    "Tie",
    "Words",
    "interest_of",
    "statements_of",
]
