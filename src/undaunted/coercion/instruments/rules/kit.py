"""The model law against coercion: articles of our own drafting, and who has what they rest on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.comparing import comparables, model_features
from undaunted.coercion.instruments.rules.refusals import PackBroken
from undaunted.coercion.instruments.rules.terms import Has
from undaunted.core.commitments.rules import (
    Kit,
    KitArticle,
    ModelLawBroken,
    bracketed,
    read_model_law,
)

if TYPE_CHECKING:
    from undaunted.coercion.instruments.rules.comparing import Comparable

__all__ = ["Kit", "KitArticle", "bracketed", "model_law", "read_kit", "who_has"]


@cache
def model_law() -> Kit:
    """Give the model law of this copy."""
    held = files("undaunted.coercion.instruments").joinpath("packs", "kit.toml")
    return read_kit(held.read_text("utf-8"))


def read_kit(text: str) -> Kit:
    """Give the model law of a pack. Raises `PackBroken` with all that is wrong."""
    try:
        return read_model_law(text, model_features())
    except ModelLawBroken as broken:
        raise PackBroken(*broken.problems) from None


def who_has(article: KitArticle) -> tuple[Comparable, ...]:
    """Give the instruments that have every feature on which an article rests."""
    return tuple(
        each for each in comparables()
        if all(each.has(code) is Has.YES for code in article.rests_on)
    )  # fmt: skip
