"""`python -m benchmarks.setting FILE`: a document set as PDF by a process that has set none before.

The folder of charts is empty and Typst remembers nothing, as when a report is built for the first
time. Prints pages, seconds, bytes and the most memory, of the process that draws charts too.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from benchmarks.installation import django_without_database
from benchmarks.machine import memory_used

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

__all__ = ["main", "set_apart"]


def set_apart(document: Document) -> dict[str, Any]:
    """Set a document in a process and a folder of its own; gives what that process told."""
    from undaunted.core.editions.rules import encoded  # noqa: PLC0415 - needs the settings

    with tempfile.TemporaryDirectory(prefix="undaunted-bench-") as folder:
        file = Path(folder) / "document.json"
        file.write_bytes(encoded(document))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.setting", file],
            env=os.environ | {"UNDAUNTED_VAR": folder}, check=True, capture_output=True, text=True,
        )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main(file: Path) -> None:
    """Set one document and print what it took."""
    django_without_database()
    from undaunted.core.editions.rules import check_document, decoded  # noqa: PLC0415 - as above

    document = decoded(file.read_bytes())
    begin = time.perf_counter()
    from undaunted.core.editions.writers.charts import drawings  # noqa: PLC0415 - as above
    from undaunted.core.editions.writers.pdf import write_pdf  # noqa: PLC0415 - as above

    check_document(document)
    printed = write_pdf(document, drawings(document), moment=0)
    spent, used = time.perf_counter() - begin, memory_used()
    drawing = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        pages = len(pdf.pages)
    print(json.dumps({"pages": pages, "seconds": spent, "size": len(printed.content),
                      "memory": used + drawing}))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
