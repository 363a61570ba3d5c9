"""Questions to a file of stakes that is not kept: who controls, why, and the picture of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from undaunted.coercion.screening.analysis.asking import (
    VOTES,
    Asked,
    QuestionRefused,
    answered,
)
from undaunted.coercion.screening.analysis.telling import answer_of, findings_of
from undaunted.coercion.screening.analysis.words import answer_told, drawing_words, proof_told
from undaunted.coercion.screening.forms.ownership import LARGEST
from undaunted.coercion.screening.readers import FORMATS, FileRefused, read_given
from undaunted.coercion.screening.writers import drawing_svg
from undaunted.core.accounts.api import TokenScope
from undaunted.core.accounts.rules import Scope
from undaunted.site.problems import Unusable

if TYPE_CHECKING:
    from undaunted.coercion.screening.analysis.asking import Answered
    from undaunted.coercion.screening.readers import Loaded

__all__ = ["router"]

router = Router(tags=["coercion"])
READ = TokenScope(Scope.READ)
FORMAT_NAMES = tuple(each.name for each in FORMATS)


class QuestionIn(Schema):
    """A question to a file of stakes."""

    company: str = Field(max_length=300)
    owners: list[str] = Field(min_length=1, max_length=50)
    right: str = VOTES
    threshold: float = 0.5
    reached: bool = False
    as_of: date | None = None
    known_at: date | None = None
    format: str = ""


@router.post("/control", response=dict[str, Any], auth=READ, summary="Who controls a company")
def control(
    request: HttpRequest,  # noqa: ARG001 - the token is enough
    file: File[UploadedFile],
    question: Form[QuestionIn],
) -> dict[str, Any]:
    """Answer from a file that is not kept: must, may or joint, with proof, stakes and faults."""
    found, loaded = _answered(file, question)
    told = answer_of(found) | {"says": answer_told(found), "proof": proof_told(found)}
    return told | findings_of(loaded)


@router.post("/draw", auth=READ, summary="The picture of an answer")
def draw(
    request: HttpRequest,  # noqa: ARG001 - the token is enough
    file: File[UploadedFile],
    question: Form[QuestionIn],
    opened: Form[list[str]] = [],  # noqa: B006 - the library copies it
    everybody: Form[bool] = False,  # noqa: FBT002 - a field of the request
) -> HttpResponse:
    """Draw everybody above the company as SVG; `opened` are companies with all holders drawn."""
    found, _loaded = _answered(file, question)
    drawing = found.drawing(frozenset(opened), everything=everybody)
    return HttpResponse(drawing_svg(drawing, drawing_words(found)), content_type="image/svg+xml")


def _answered(file: UploadedFile, question: QuestionIn) -> tuple[Answered, Loaded]:
    if file.size is None or file.size > LARGEST:
        raise Unusable("file", f"The file is larger than {LARGEST} bytes.", body=True)
    if question.format and question.format not in FORMAT_NAMES:
        said = f"{question.format} is no format."
        raise Unusable("format", said, allowed=FORMAT_NAMES, body=True)
    try:
        loaded = read_given(file.read(), file.name or "", question.format or None)
    except FileRefused as refusal:
        raise Unusable("file", str(refusal), body=True) from refusal
    asked = Asked(
        question.company, tuple(question.owners), question.as_of or timezone.localdate(),
        question.known_at, question.right, question.threshold, question.reached,
    )  # fmt: skip
    try:
        return answered(loaded.questioned(asked.known_at), asked), loaded
    except FileRefused as refusal:
        raise Unusable("file", str(refusal), body=True) from refusal
    except QuestionRefused as refusal:
        raise Unusable("company", str(refusal), body=True) from refusal
