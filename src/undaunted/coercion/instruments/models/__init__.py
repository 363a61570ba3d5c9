"""Tables of proceedings and of their measures, and the public's views."""

from undaunted.coercion.instruments.models.proceedings import (
    Engagement,
    Injury,
    Measure,
    Paper,
    Proceeding,
    Step,
)
from undaunted.coercion.instruments.models.published import PublishedProceeding, PublishedStep

__all__ = [
    "Engagement",
    "Injury",
    "Measure",
    "Paper",
    "Proceeding",
    "PublishedProceeding",
    "PublishedStep",
    "Step",
]
