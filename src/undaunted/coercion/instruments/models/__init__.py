"""Tables of proceedings and of their measures, and the public's views."""

from undaunted.coercion.instruments.models.proceedings import (
    Draft,
    Engagement,
    Injury,
    Paper,
    Proceeding,
    Step,
    Vote,
)
from undaunted.coercion.instruments.models.published import PublishedProceeding, PublishedStep

__all__ = [
    "Draft",
    "Engagement",
    "Injury",
    "Paper",
    "Proceeding",
    "PublishedProceeding",
    "PublishedStep",
    "Step",
    "Vote",
]
