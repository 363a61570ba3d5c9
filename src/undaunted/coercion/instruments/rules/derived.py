"""Figures that follow from those that are kept: what remains, parts of one, what is the whole.

Whoever reads that 58.7 per cent of sales remain knows that 41.3 were lost; and whoever reads sales
to a country and all sales knows the share.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.figures import plainly
from undaunted.coercion.instruments.rules.sizes import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.instruments.rules.request import Answer

__all__ = ["HUNDRED", "amount_of", "derived_figures", "derived_shares", "shares_in"]

HUNDRED: Final = Decimal(100)
_CURRENCY: Final = re.compile(r"[A-Z]{3}|[\u20ac$\u00a3\u00a5]")
_PER_CENT: Final = re.compile(
    r"%|\u066a|per ?cent|p\.?c\.?t|percent\w*|pour ?cent|prozent\w*|procent\w*|por ?ciento"
    r"|процент\w*|proc|\u0628\u0627\u0644\u0645\u0626\u0629|\u062f\u0631\u0635\u062f|y\u00fczde"
).pattern
_SHARE: Final = re.compile(
    rf"(?<!\d)(\d{{1,40}}(?:[.,]\d{{1,40}})?) ?(?:{_PER_CENT})", re.IGNORECASE
)
_MILLE: Final = re.compile(
    r"(?<!\d)(\d{1,40}(?:[.,]\d{1,40})?) ?(?:\u2030|per ?mille?|promille?)", re.IGNORECASE
)
_PART: Final = re.compile(r"(?<![\d.,])0?[.,](\d{1,6})(?![\d.,]*\d)")
_RATIO: Final = re.compile(
    r"(?<![\d.,/])(\d{1,4}) ?(?:/|\u2044|:|in|of|out of|von|sur|de|\u0438\u0437) ?(?:every )?"
    r"(\d{1,4})(?![\d.,/]*\d)"
)
_WORDS: Final[Mapping[str, int | Decimal]] = {
    "three quarters": 75, "three fourths": 75, "two thirds": Decimal(200) / 3, "a quarter": 25,
    "one quarter": 25, "a fifth": 20, "one fifth": 20, "two fifths": 40, "three fifths": 60,
    "four fifths": 80, "a tenth": 10, "one third of": Decimal(100) / 3, "half of": 50,
    "by half": 50, "one half": 50, "one in two": 50, "one in three": Decimal(100) / 3,
    "one in four": 25, "one in five": 20, "two in three": Decimal(200) / 3, "two in five": 40,
    "three in four": 75, "three in five": 60, "four in five": 80,
}  # fmt: skip


def shares_in(text: str) -> frozenset[Decimal]:
    """Give every share that a text may be telling, in per cent: of a hundred, a thousand, one."""
    plain = plainly(text)
    found = {_number(each) for each in _SHARE.findall(plain)}
    found |= {_number(each) / 10 for each in _MILLE.findall(plain)}
    found |= {Decimal(f"0.{each}") * HUNDRED for each in _PART.findall(plain)}
    found |= {HUNDRED * int(part) / int(whole) for part, whole in _RATIO.findall(plain)
              if 0 < int(part) < int(whole)}  # fmt: skip
    words = " ".join(plain.lower().replace("-", " ").split())
    return frozenset(found | {Decimal(share) for told, share in _WORDS.items() if told in words})


def amount_of(answer: Answer) -> Decimal:
    """Give an amount in full, with the size that its unit says."""
    return Decimal(answer.value) * scale_of(answer.unit)


def derived_figures(
    answers: Mapping[str, Answer], kept: frozenset[str]
) -> Iterator[tuple[str, Decimal]]:
    """Give, of what is `kept` of loss, sales and share, the figures that would tell it."""
    loss, sales, share = (answers.get(each) for each in ("loss", "sales_before", "share"))
    if loss is not None and sales is not None and _currency(loss) == _currency(sales):
        lost, before = amount_of(loss), amount_of(sales)
        if "loss" in kept and 0 < lost < before:
            yield "loss", before - lost
    if sales is not None and share is not None and kept & {"share", "sales_before"}:
        per_cent, before = Decimal(share.value), amount_of(sales)
        if 0 < per_cent < HUNDRED:
            whole = before / per_cent * HUNDRED
            yield "share" if "share" in kept else "sales_before", whole
            yield "share" if "share" in kept else "sales_before", whole - before


def derived_shares(
    answers: Mapping[str, Answer], kept: frozenset[str]
) -> Iterator[tuple[str, Decimal]]:
    """Give the per cents that would tell the loss to whoever knows the sales."""
    loss, sales = answers.get("loss"), answers.get("sales_before")
    if loss is None or sales is None or _currency(loss) != _currency(sales):
        return
    lost, before = amount_of(loss), amount_of(sales)
    if "loss" in kept and 0 < lost < before:
        yield "loss", lost / before * HUNDRED


def _currency(answer: Answer) -> str:
    found = _CURRENCY.search(answer.unit)
    return found.group() if found else answer.unit.strip()


def _number(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
