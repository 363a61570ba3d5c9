"""Files of flows by program: kept, tested, discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File, Form, Schema
from ninja.files import UploadedFile

from undaunted.coercion.exposure.actions import discard_flow_file, keep_flow_file
from undaunted.coercion.exposure.analysis.kept import kept_dependencies, kept_warning
from undaunted.coercion.exposure.api.root import router
from undaunted.coercion.exposure.forms import EpisodeForm
from undaunted.coercion.exposure.models import FlowFile
from undaunted.coercion.exposure.queries import flow_file_for, flow_files_for
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.coercion.exposure.rules import MONTHLY, DependenciesRefused, WarningRefused
from undaunted.coercion.exposure.writers import dependencies_told, warned_told
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.site.problems import Unusable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__: list[str] = []

READ, IMPORT = TokenScope(Scope.READ), TokenScope(Scope.IMPORT)


class FlowFileOut(Schema):
    """A file of flows that an organisation keeps."""

    id: UUID
    holder: UUID
    name: str
    sha256: str
    size: int
    layout: str
    years: list[int]
    rows: int
    said: list[str]


@router.get("/desk/flows", response=list[FlowFileOut], auth=READ, summary="Files of flows")
def list_flow_files(request: HttpRequest) -> list[FlowFile]:
    """Give the files of the token's organisations."""
    return list(flow_files_for(actor_of(request)))


@router.post("/desk/flows", response={201: FlowFileOut}, auth=IMPORT, summary="Keep a file")
def keep_file(request: HttpRequest, holder: Form[UUID], file: File[UploadedFile]) -> Any:  # noqa: ANN401
    """Read a CSV file of BACI, Comtrade or months and keep it; a refusal names row and rule."""
    actor = actor_of(request)
    with _refusals():
        return keep_flow_file(holder, file.name or "", file.read(), actor=actor, at=timezone.now())


@router.delete("/desk/flows/{uuid:file}", response={204: None}, auth=IMPORT, summary="Discard")
def discard_file(request: HttpRequest, file: UUID) -> None:
    """Delete a file."""
    actor = actor_of(request)
    held = flow_file_for(actor, file)
    if held is None:
        raise Http404
    discard_flow_file(held, actor=actor, at=timezone.now())


@router.get(
    "/desk/flows/{uuid:holder}/dependencies/{slug:country}",
    response=dict[str, Any],
    auth=READ,
    summary="Products with few suppliers",
)
def flow_dependencies(request: HttpRequest, holder: UUID, country: str) -> dict[str, Any]:
    """Test a country's imports by the files of one of the token's organisations."""
    actor = actor_of(request)
    if not flow_files_for(actor).filter(holder=holder).exists():
        raise Http404
    with _refusals():
        found, flows = kept_dependencies(actor, holder, country)
        return dependencies_told(found, flows.attribution, flows.said)


@router.get(
    "/desk/flows/{uuid:file}/episode", response=dict[str, Any], auth=READ,
    summary="What an episode cost",
)  # fmt: skip
def flow_episode(  # noqa: PLR0913, PLR0917 - each is a word of the question
    request: HttpRequest, file: UUID, target: str, coercer: str, since: str,
    product: str = "", component: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Hold months against what they would have been; products by first figures, with commas."""
    actor = actor_of(request)
    held = flow_file_for(actor, file)
    if held is None or held.layout != MONTHLY:
        raise Http404
    form = EpisodeForm(
        {"target": target, "coercer": coercer, "since": since, "product": product,
         "component": component}
    )  # fmt: skip
    if not form.is_valid():
        name, said = next(iter(form.errors.items()))
        raise Unusable(name, " ".join(map(str, said)))
    with _refusals():
        return warned_told(kept_warning(actor, file, form.episode()), held.name)


def _refusals() -> AbstractContextManager[None]:
    return conflicts(FileRefused, DependenciesRefused, WarningRefused)
