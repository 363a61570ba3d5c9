"""The file of an import between upload and proposal: kept aside, read through a mapping."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import FileResponse

from undaunted.core.evidence.actions import keep_blob
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.queries.reimport import read_beside_desk
from undaunted.prisoners.registry.readers import (
    UnreadableFile,
    explain,
    open_preview,
    parse_mapping,
    suggest_mapping,
)
from undaunted.prisoners.registry.rules.import_rows import ImportSummary, Severity
from undaunted.prisoners.registry.writers.rejects import write_rejects

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.models import SourceList
    from undaunted.prisoners.registry.readers import Preview
    from undaunted.prisoners.registry.rules.import_rows import Problem

__all__ = [
    "Draft",
    "ProblemLine",
    "Reading",
    "draft_of",
    "keep_draft",
    "read_draft",
    "rejects",
    "told",
]

_KEY = "registry_import"
_PAGE = 100


@dataclass(slots=True)
class Draft:
    """What the wizard knows so far; it lives in the session and names no path."""

    source_list: str
    file_name: str
    digest: str
    owner: str
    toml: str = ""

    @property
    def path(self) -> Path:
        """Where the file waits."""
        return _folder(self.owner) / self.digest[:2] / self.digest

    def suggested(self) -> str:
        """Draft a mapping from the columns of the file; raises `UnreadableFile`."""
        return suggest_mapping(self.path, find_country=find_country, file_name=self.file_name)

    def save(self, request: HttpRequest) -> None:
        """Keep it for the next step."""
        request.session[_KEY] = {
            "source_list": self.source_list,
            "file_name": self.file_name,
            "digest": self.digest,
            "owner": self.owner,
            "toml": self.toml,
        }

    def discard(self, request: HttpRequest) -> None:
        """Forget it and its file."""
        request.session.pop(_KEY, None)
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem as the preview tells it."""

    line: int
    column: str
    value: str
    error: bool
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading the whole file: counts, notes, and one page of its problems."""

    summary: ImportSummary
    notes: tuple[tuple[str, str], ...]
    problems: tuple[ProblemLine, ...]
    total: int
    first: int

    @property
    def next(self) -> str | None:
        """Where the next page begins."""
        later = self.first + _PAGE
        return str(later) if later < self.total else None

    @property
    def previous(self) -> str | None:
        """Where the page before begins."""
        return str(max(self.first - _PAGE, 0)) if self.first else None


def draft_of(request: HttpRequest, owner: UUID | None) -> Draft | None:
    """Give the draft of this session, if its file is still there."""
    kept = request.session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("owner") != str(owner):
        return None
    draft = Draft(**kept)
    return draft if draft.path.is_file() else None


def keep_draft(source_list: str, upload: Any, owner: UUID | None) -> Draft:  # noqa: ANN401
    """Put an uploaded file aside for its owner."""
    digest, _size = keep_blob(upload, _folder(str(owner)))
    return Draft(source_list, Path(upload.name).name[:200], digest, str(owner))


def read_draft(  # noqa: PLR0913 - who reads which file how, for which list and page
    actor: Actor, source_list: SourceList, path: Path, toml: str, *, today: date, first: int = 0
) -> Reading:
    """Read every row and tell a page of the problems; raises `UnreadableFile`.

    Where the list's changes meet what the desk recorded is a problem too.
    """
    summary = ImportSummary()
    lines: list[ProblemLine] = []
    total = 0
    with _opened(path, toml, today) as preview:
        notes = tuple(tuple(explain(note)) for note in preview.notes)
        for rows, problems in read_beside_desk(actor, source_list.pk, preview):
            for row in rows:
                summary.add(row)
            for problem in problems:
                if first <= total < first + _PAGE:
                    lines.append(told(problem))
                total += 1
    return Reading(summary, cast("Any", notes), tuple(lines), total, first)


def rejects(path: Path, toml: str, *, today: date, name: str) -> FileResponse:
    """Answer with the rejected rows as a file that can be corrected and imported again."""
    file = tempfile.NamedTemporaryFile("w", encoding="utf-8-sig", newline="")  # noqa: SIM115
    with _opened(path, toml, today) as preview:
        write_rejects(preview, file, header=preview.header, explain=explain)
    file.flush()
    answer = Path(file.name).open("rb")  # noqa: SIM115  (the response closes it)
    file.close()
    shown = f"{Path(name).stem}-rejected.csv"
    return FileResponse(answer, as_attachment=True, filename=shown, content_type="text/csv")


@contextmanager
def _opened(path: Path, toml: str, today: date) -> Iterator[Preview]:
    mapping = parse_mapping(toml)
    try:
        with open_preview(
            path,
            mapping,
            today=today,
            find_country=find_country,
            near_countries=suggest_countries,
        ) as preview:
            yield preview
    except UnicodeDecodeError as error:
        raise UnreadableFile("wrong_encoding") from error


def told(problem: Problem) -> ProblemLine:
    """Tell a problem as the page shows it."""
    reason, advice = explain(problem)
    error = problem.severity is Severity.ERROR
    return ProblemLine(problem.line, problem.column, problem.value, error, reason, advice)


def _folder(owner: str) -> Path:
    return Path(settings.DOCUMENTS_FOLDER) / "imports" / "drafts" / owner
