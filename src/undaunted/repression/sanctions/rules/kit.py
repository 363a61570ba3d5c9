"""The model law on targeted sanctions, and which states have what an article rests on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.core.commitments.rules import instruments, read_model_law, shipped_statements

if TYPE_CHECKING:
    from undaunted.core.commitments.rules import Feature, Kit, KitArticle

__all__ = ["BOARD", "ENFORCEMENT", "model_features", "model_law", "states_having"]

BOARD: Final = "targeted-sanctions"
ENFORCEMENT: Final = "sanctions-enforcement"


def model_features() -> tuple[Feature, ...]:
    """Give the features that the model law has."""
    return tuple(each for each in instruments()[BOARD].features if each.model)


@cache
def model_law() -> Kit:
    """Give the model law of this copy. Raises `ModelLawBroken` with all that is wrong."""
    held = files("undaunted.repression.sanctions").joinpath("packs", "kit.toml")
    return read_model_law(held.read_text("utf-8"), model_features())


def states_having(article: KitArticle) -> tuple[str, ...]:
    """Give the states whose law has every feature on which an article rests, as was read."""
    told: dict[str, dict[str, bool]] = {}
    for each in shipped_statements():
        if each.instrument == BOARD and each.status.binds:
            told.setdefault(each.state, {}).update({row.code: row.has for row in each.features})
    return tuple(
        state
        for state in sorted(told)
        if all(told[state].get(code, False) for code in article.rests_on)
    )
