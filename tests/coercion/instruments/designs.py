"""Measures of Freedonia's union against Ruritania, and what was answered to the tests of law."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from undaunted.coercion.instruments.readers import traces_in
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Design,
    Effect,
    Link,
    LinkedPerson,
    Measure,
    MeasuredInjury,
    Origin,
    points,
)
from undaunted.engines.ownership import Answer

__all__ = [
    "CALCULATION",
    "DUTY",
    "INJURY",
    "LISTED",
    "PORTS",
    "RESULT",
    "answers",
    "design",
    "shipped",
    "words_of",
]

INJURY = MeasuredInjury(80, 100, 130, "EUR million", 2025, "Replay, attached", "ab" * 32)
CALCULATION = (
    b"item,low,best,high,unit,year,method,source\n"
    b"Timber,50,60,80,EUR million,2025,Orders against the year before,Customs (invented)\n"
    b"Boards,30,40,50,EUR million,2025,Orders against the year before,Customs (invented)\n"
)
"""The same injury, as a file that was calculated elsewhere."""
RESULT = (
    files("undaunted.coercion.instruments")
    .joinpath("packs", "demonstration", "journeys.json")
    .read_bytes()
    .replace(b'"XFR",\n        "XSY"', b'"XFR"')
)
"""What Zubrowka does to Freedonia, as the demonstration's scenario tells it (invented)."""
DUTY = Measure(
    key="duty",
    kind=AnnexKind.DUTIES,
    aimed=Aimed.GENERAL,
    by=Origin.GOODS,
    scope="Timber, chapter 44, 25 %",
    legal_basis="Annex I, point 1",
    effect=Effect(20, 30, 40, "EUR million", 2025, "Scenario of the duty"),
    begins=date(2097, 1, 15),
    reasons="The forests are the ministry's own.",
)
PORTS = LinkedPerson(
    "Ruritanian Port Holding", Link.MAJORITY, Answer.MUST, reasons="The ministry owns it.",
    sources=("register",),
)  # fmt: skip
LISTED = Measure(
    key="capital",
    kind=AnnexKind.FINANCE,
    aimed=Aimed.LINKED,
    persons=(PORTS,),
    scope="New issues on the Union's capital markets",
    legal_basis="Annex I, point 8",
    effect=Effect(10, 20, 35, "EUR million", 2025, "Spreads of earlier cases"),
    begins=date(2097, 1, 15),
    ends=date(2098, 1, 15),
    reasons="It carries the coercion out.",
)


def answers(**changed: CheckValue) -> tuple[CheckAnswer, ...]:
    """Answer every point yes, but those that are changed."""
    return tuple(
        CheckAnswer(each.key, changed.get(each.key, CheckValue.YES), "As the file shows.")
        for each in points()
    )


def design() -> Design:
    """Give both measures with every point answered."""
    return Design((DUTY, LISTED), answers())


def words_of(content: bytes) -> str:
    """Give the words of a Word file."""
    told = " ".join(text for _, text in traces_in("x.docx", content, ours=True))
    return " ".join(told.split())


def shipped(name: str) -> str:
    """Give the text of a pack, to break it."""
    return files("undaunted.coercion.instruments").joinpath("packs", name).read_text("utf-8")
