"""Why something cannot be done with an instrument; each message says what to do."""

__all__ = [
    "ElementsIncomplete",
    "InstrumentRefused",
    "MeasureRefused",
    "PackBroken",
    "RequestIncomplete",
    "StageRefused",
    "SummaryLeaks",
]


class InstrumentRefused(ValueError):
    """It cannot be done; the message says why and what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class ElementsIncomplete(InstrumentRefused):
    """An element is assessed without what such an assessment needs."""


class StageRefused(InstrumentRefused):
    """A proceeding does not go from where it stands to there, not by this body, or not yet."""


class RequestIncomplete(InstrumentRefused):
    """A request lacks answers, or a confidential answer has neither summary nor reason."""


class SummaryLeaks(InstrumentRefused):
    """A summary that is not confidential tells what is."""


class MeasureRefused(InstrumentRefused):
    """A response measure is not one that the Regulation allows, or goes beyond the injury."""


class PackBroken(InstrumentRefused):
    """The data of a pack break its rules; the message names place and remedy."""
