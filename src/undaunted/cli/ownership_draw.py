"""`undaunted ownership draw`: who is above a company, as a picture in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.cli.session import session
from undaunted.coercion.screening.analysis.asking import answered
from undaunted.engines.ownership import QuestionMalformed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.coercion.screening.analysis.asking import Asked
    from undaunted.engines.ownership import Stakes

__all__ = ["draw_picture"]


def draw_picture(  # noqa: PLR0913 - what is drawn, where, and how
    stakes: Stakes,
    asked: Asked,
    out: Path,
    *,
    opened: Iterable[str],
    every: bool,
    language: str,
) -> list[str]:
    """Write the picture; gives the answer and its proof in sentences."""
    found = answered(stakes, asked)
    drawing = found.drawing(frozenset(opened), everything=every)
    with session(None, database=False):
        from django.conf import settings  # noqa: PLC0415 - needs Django
        from django.utils.translation import override  # noqa: PLC0415 - as above

        from undaunted.coercion.screening.analysis.words import (  # noqa: PLC0415 - as above
            answer_told,
            drawing_words,
            proof_told,
        )
        from undaunted.coercion.screening.writers import drawing_svg  # noqa: PLC0415 - as above

        known = dict(settings.LANGUAGES)
        if language not in known:
            raise QuestionMalformed(f"--language is one of {', '.join(known)}")
        with override(language):
            svg = drawing_svg(drawing, drawing_words(found))
            told = [answer_told(found), *proof_told(found)]
    try:
        out.write_text(svg + "\n", encoding="utf-8")
    except OSError as reason:
        raise QuestionMalformed(f"{out}: {reason.strerror}") from None
    return told
