"""The sentences that carry a finding, in the language of a letter as far as it has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Bullets
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["proof_told"]


def proof_told(sentences: Sequence[str]) -> Bullets:
    """Give the engine's sentences as points; marked as English where one has no translation."""
    told = [refusal_told(each) for each in sentences]
    whole = all(said != each for said, each in zip(told, sentences, strict=True))
    return Bullets(tuple((each,) for each in told), "" if whole else "en")
