"""Papers as documents: the version that everybody may read, and the one for the team alone."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import override

from undaunted.coercion.instruments.readers import request_of
from undaunted.coercion.instruments.rules import How, PaperKind, Summary, SummaryLine
from undaunted.coercion.instruments.writers import (
    filed_paper,
    request_paper,
    summary_paper,
    write_paper_pdf,
    write_paper_word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undaunted.coercion.instruments.models import Paper
    from undaunted.coercion.instruments.rules import Request
    from undaunted.coercion.instruments.writers import Paper as Laid

__all__ = [
    "MEDIA",
    "is_request",
    "laid_file",
    "open_file",
    "request_kept",
    "request_told",
    "sealed_file",
    "summary_of",
]

MEDIA: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_WRITERS: Mapping[str, Callable[..., bytes]] = {"docx": write_paper_word, "pdf": write_paper_pdf}


def laid_file(laid: Laid, media: str, *, moment: int) -> bytes:
    """Write a paper for Word or as PDF, its foot and its warnings in its own language too."""
    with override(laid.document.language):
        return _WRITERS[media](laid, moment=moment)


def request_told(request: Request) -> dict[str, str]:
    """Give a request as texts to seal, which `request_kept` reads again."""
    evidence = [asdict(each) for each in request.evidence]
    digests = {each["key"]: each.pop("digest") for each in evidence}
    told = {
        "protect": request.protect,
        "harm": request.harm,
        "also": list(request.also),
        "answers": {key: asdict(each) for key, each in request.answers.items()},
        "evidence": evidence,
    }
    return {
        "request": json.dumps(told, ensure_ascii=False),
        "digests": json.dumps(digests, ensure_ascii=False),
    }


def request_kept(texts: Mapping[str, str]) -> Request:
    """Give the request that texts hold which were sealed."""
    digests = json.loads(texts["digests"])
    held = request_of(json.loads(texts["request"]), where="request")
    evidence = tuple(replace(each, digest=digests[each.key]) for each in held.evidence)
    return replace(held, evidence=evidence)


def summary_of(paper: Paper) -> Summary:
    """Give the version of a paper that everybody may read, as its lines were kept."""
    lines = [SummaryLine(**{**each, "how": How(each["how"])}) for each in paper.open_version]
    return Summary(
        tuple(each for each in lines if each.group != "evidence"),
        tuple(each for each in lines if each.group == "evidence"),
        any(each.how is How.WITHHELD for each in lines),
    )


def open_file(paper: Paper, media: str) -> bytes:
    """Write the version of a paper that everybody may read, for Word or as PDF."""
    if paper.kind != PaperKind.REQUEST:
        return _written(_filed(paper), paper, media)
    summary, country = summary_of(paper), paper.proceeding.third_country
    return _written(summary_paper(summary, country=country, day=paper.received_on), paper, media)


def sealed_file(paper: Paper, texts: Mapping[str, str], media: str) -> bytes:
    """Write a request as it was made, or another paper whole, of texts that its team opened."""
    if is_request(paper, texts):
        return _written(request_paper(request_kept(texts), day=paper.received_on), paper, media)
    return _written(_filed(paper, texts), paper, media)


def is_request(paper: Paper, texts: Mapping[str, str]) -> bool:
    """Whether what was sealed is a request as the rules read it, not texts alone."""
    return paper.kind == PaperKind.REQUEST and "request" in texts and "digests" in texts


def _filed(paper: Paper, texts: Mapping[str, str] | None = None) -> Laid:
    summary = summary_of(paper)
    return filed_paper(
        paper.kind,
        paper.title,
        (*summary.lines, *summary.evidence),
        country=paper.proceeding.third_country,
        day=paper.received_on,
        sealed=texts,
    )


def _written(laid: Laid, paper: Paper, media: str) -> bytes:
    """Write it as of the day that it bears: the second of filing would lead to who filed it."""
    day = datetime.combine(paper.received_on, time(), UTC)
    return laid_file(laid, media, moment=int(day.timestamp()))
