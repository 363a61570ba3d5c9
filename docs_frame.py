"""How the documentation is put together: the order of its sections, and that it stays offline.

MkDocs calls the two `on_` functions (see `hooks` in mkdocs.yml). The first orders the sections by
hand and leaves the pages of a section in the order of their file names, so that nobody who adds a
page edits a shared list. The second refuses a build that would make a reader's browser ask another
host for anything, and takes two such addresses out of the theme's own script.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

__all__ = ["on_nav", "on_post_build"]

SECTIONS = {
    "tutorial": "Tutorial",
    "how-to": "How-to",
    "reference": "Reference",
    "explanation": "Explanation",
    "operators": "Operators",
    "security": "Security",
    "contributors": "Contributors",
    "decisions": "Decisions",
    "examples": "Examples",
}
ROOT_PAGES = (
    "index.md", "benchmarks.md", "benchmarks-vault.md", "benchmarks-intake.md", "glossary.md",
)  # fmt: skip

# The theme's script can fetch two things from a public package host: a diagram drawer, when a page
# holds a diagram, and a stand-in for browsers without ResizeObserver. No page of ours needs them.
FETCHED_BY_THE_THEME = re.compile(r"https://[\w.-]+/(?=mermaid|resize-observer)")
NOWHERE = "about:blank#"

ASSET_FROM_ELSEWHERE = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)="?(?:https?:)?//"""
    r"""|<link\b(?=[^>]*\brel="?(?:stylesheet|preload|preconnect|dns-prefetch|icon|manifest))"""
    r"""[^>]*\bhref="?(?:https?:)?//""",
    re.IGNORECASE,
)
STYLE_FROM_ELSEWHERE = re.compile(r"""(?:@import\s+|url\()["']?(?:https?:)?//""", re.IGNORECASE)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Give the same navigation with its sections in our order and under our titles."""
    del config, files
    order = {title: place for place, title in enumerate(SECTIONS.values())}
    for item in nav.items:
        if item.is_section:
            folder = _folder_of(item)
            item.title = SECTIONS.get(folder, item.title)
    nav.items.sort(key=lambda item: _place(item, order))
    return nav


def on_post_build(config: MkDocsConfig) -> None:
    """Leave a site that asks no other host for anything, or fail the build."""
    site = Path(config.site_dir)
    for script in site.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        if FETCHED_BY_THE_THEME.search(text):
            script.write_text(FETCHED_BY_THE_THEME.sub(NOWHERE, text), encoding="utf-8")
    for pattern, kind in ((ASSET_FROM_ELSEWHERE, "*.html"), (STYLE_FROM_ELSEWHERE, "*.css")):
        for page in site.rglob(kind):
            found = pattern.search(page.read_text(encoding="utf-8"))
            if found:
                message = f"{page.relative_to(site)} would fetch from elsewhere: {found.group()}"
                raise PluginError(message)


def _folder_of(section: object) -> str:
    for child in getattr(section, "children", []):
        if getattr(child, "is_page", False):
            return str(child.file.src_uri).split("/", 1)[0]
        return _folder_of(child)
    return ""


def _place(item: object, order: dict[str, int]) -> tuple[int, int, str]:
    if getattr(item, "is_page", False):
        name = str(item.file.src_uri)  # type: ignore[attr-defined]
        known = name in ROOT_PAGES
        if name == "index.md":
            return (0, 0, name)
        return (2, ROOT_PAGES.index(name) if known else len(ROOT_PAGES), name)
    title = str(getattr(item, "title", ""))
    return (1, order.get(title, len(order)), title)
