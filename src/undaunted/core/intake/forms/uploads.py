"""A file that is sealed piece by piece while the request arrives: never whole, never on disk."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.utils import timezone

from undaunted.core.intake.actions import FileTooLarge, seal_arriving
from undaunted.core.intake.rules import LARGEST_FILE

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.vault.actions import Upload

__all__ = ["LeavingHandler", "SealedFile", "SealingHandler"]


class SealedFile(UploadedFile):
    """What is left of an upload: the record under which it is sealed, and its length."""

    def __init__(self, field: str, record: UUID, size: int) -> None:
        super().__init__(file=None, name="sealed", content_type="", size=size)
        self.field_name = field
        self.record = record


class LeavingHandler(FileUploadHandler):
    """Lets files pass by unread."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Skip it."""
        super().new_file(*args, **kwargs)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing; a file that is skipped never comes here."""

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Give nothing."""


class SealingHandler(FileUploadHandler):
    """Seals the one file of a request to a team; a second file is refused."""

    def __init__(self, team: UUID, request: Any = None) -> None:  # noqa: ANN401 - Django's
        super().__init__(request)
        self.team = team
        self.too_large = False
        self._stack: ExitStack | None = None
        self._upload: Upload | None = None
        self._record: UUID | None = None
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Begin the seal."""
        super().new_file(*args, **kwargs)
        if self._record is not None:
            raise StopUpload(connection_reset=True)
        self._stack = ExitStack()
        self._record, self._upload = self._stack.enter_context(
            seal_arriving(self.team, at=timezone.now())
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal one piece; nothing is handed on to another handler."""
        assert start == self._taken  # noqa: S101 - pieces come in order
        self._taken += len(raw_data)
        if self._taken > LARGEST_FILE:
            self.too_large = True
            self._break_off()
            raise StopUpload(connection_reset=False)
        if self._upload is not None:
            self._upload.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """End the seal."""
        if self._stack is None or self._record is None:
            return None
        stack, self._stack = self._stack, None
        stack.close()
        return SealedFile(str(self.field_name), self._record, file_size)

    def upload_interrupted(self) -> None:
        """Leave no torso of an upload that was cut off."""
        self._break_off()

    def abandon(self) -> None:
        """Break off what has not ended, whatever happened; does nothing where all went well."""
        self._break_off()

    def _break_off(self) -> None:
        stack, self._stack = self._stack, None
        if stack is not None:
            problem = FileTooLarge("broken off")
            stack.__exit__(type(problem), problem, None)
