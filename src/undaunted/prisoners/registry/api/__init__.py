"""The registry over the wire: public reads for everybody, the desk for programs with a token."""

from ninja import Router

from undaunted.prisoners.registry.api.acts import router as acts
from undaunted.prisoners.registry.api.assessments import router as assessments
from undaunted.prisoners.registry.api.cases import router as cases
from undaunted.prisoners.registry.api.changes import router as changes
from undaunted.prisoners.registry.api.evidence import router as evidence
from undaunted.prisoners.registry.api.imports import router as imports
from undaunted.prisoners.registry.api.lists import router as lists
from undaunted.prisoners.registry.api.names import router as names
from undaunted.prisoners.registry.api.people import router as people
from undaunted.prisoners.registry.api.public import router as public
from undaunted.prisoners.registry.api.standing import router as standing
from undaunted.prisoners.registry.api.vocabularies import router as vocabularies

__all__ = ["router"]

router = Router()
router.add_router("", public)
router.add_router("", vocabularies)
for _part in (
    cases,
    people,
    names,
    acts,
    evidence,
    assessments,
    standing,
    changes,
    lists,
    imports,
):
    router.add_router("/desk", _part)
