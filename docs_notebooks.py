"""Notebooks as pages: each cell of code is run when the documentation is built.

MkDocs calls `on_files` (see `hooks` in mkdocs.yml). A notebook `NAME.ipynb` under `docs` becomes
the page `NAME.md`, with what every cell printed under it. A cell that raises fails the build, so
that no page shows an answer that this version does not give.
"""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

__all__ = ["on_files", "page_of"]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each notebook."""
    for notebook in sorted(Path(config.docs_dir).rglob("*.ipynb")):
        name = notebook.relative_to(config.docs_dir).with_suffix(".md").as_posix()
        files.append(File.generated(config, name, content=page_of(notebook)))
    return files


def page_of(notebook: Path) -> str:
    """Run a notebook from its first cell to its last, and give it as Markdown."""
    told: dict[str, Any] = {"__name__": "notebook"}
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join(
        "".join(cell["source"])
        if cell["cell_type"] == "markdown"
        else _run(f"{notebook.name}, cell {number}", "".join(cell["source"]), told)
        for number, cell in enumerate(cells, 1)
    )


def _run(name: str, code: str, told: dict[str, Any]) -> str:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(code, name, "exec"), told)  # noqa: S102 - our own pages, run at our build
    except Exception as failure:
        raise PluginError(f"{name}: {type(failure).__name__}: {failure}") from failure
    shown = f"```python\n{code}\n```"
    if printed.getvalue():
        shown += f"\n\n```text\n{printed.getvalue().rstrip()}\n```"
    return shown
