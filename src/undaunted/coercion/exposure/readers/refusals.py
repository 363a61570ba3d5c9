"""What a file of trade data is refused for: file, row, column, rule and remedy."""

from __future__ import annotations

__all__ = ["FileRefused", "PackBroken"]


class FileRefused(ValueError):
    """A user's file cannot be taken; the message names the place, the rule and the remedy."""

    def __init__(self, where: str, said: str, *, row: int | None = None, column: str = "") -> None:
        places = [where]
        if row is not None:
            places.append(f"row {row}")
        if column:
            places.append(f"column {column}")
        super().__init__(f"{', '.join(places)}: {said}")
        self.where, self.row, self.column, self.said = where, row, column, said


class PackBroken(ValueError):
    """A table or set that comes with this copy is not as it was when it was made."""
