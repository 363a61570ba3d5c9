"""The vocabularies over the wire, for everybody: codes, labels, definitions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from undaunted.core.access.rules import face
from undaunted.core.events.rules import vocabularies, vocabulary

__all__ = ["router"]

router = Router(tags=["registry"])


@router.get("/vocabularies", response=list[str], summary="Names of the vocabularies")
@face("public")
def vocabulary_names(request: HttpRequest) -> list[str]:  # noqa: ARG001 - the router passes it
    """Give the names of all vocabularies."""
    return list(vocabularies())


@router.get("/vocabularies/{name}", response=dict[str, Any], summary="One vocabulary")
@face("public")
def one_vocabulary(request: HttpRequest, name: str) -> dict[str, Any]:  # noqa: ARG001 - as above
    """Give the terms of a vocabulary with their labels and definitions."""
    if name not in vocabularies():
        raise Http404
    found = vocabulary(name)
    return {
        "name": found.name,
        "version": found.version,
        "terms": [
            {"code": term.code, "labels": dict(term.labels), "definition": term.definition}
            for term in found.terms.values()
        ],
    }
