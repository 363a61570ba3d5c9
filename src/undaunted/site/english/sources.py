"""Sentences that code says in English: read from the source itself, with a name for what varies.

`f"stage: from {stage} a case goes to {ways}"` is the sentence `from {stage} a case goes to {ways}`:
what stands before the first colon names a field and is no part of it.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from undaunted.site.english.packs import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PLACE", "SAID", "register_rooms", "said_texts", "sentences_in"]

SAID: Final = "refusal"
"""The context of such sentences in a catalogue."""
PLACE: Final = re.compile(r"\{(\w+)\}")

_ROOMS: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
_FIELD: Final = re.compile(r"(?:[\w.\[\]]|\{\w{1,40}\}){1,60}: ")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_FEWEST: Final = 2
_ONE_WORD: Final = re.compile(
    r"[a-z]{7,} \{\w+\}|\{\w+\}, \{\w+\} [a-z]{7,}|\{\w+\} [a-z]{5,} \{\w+\} \(\{\w+\}\)"
)
"""One word about what is told elsewhere: `whether {it}`, `{it}, {share} together`."""
_PLACE_ALONE: Final = re.compile(r"[\w.\[\]{}]{1,60}, \w{1,60}")
"""Where something stands, as `demand, sources`."""
_ELSEWHERE: Final = frozenset(
    {"_", "Forbidden", "Http404", "RawSQL", "cast", "compile", "execute", "getLogger", "gettext"}
    | {"gettext_lazy", "ngettext", "pgettext", "PackBroken"}
)
"""Calls whose texts nobody reads on a page, or that are in the catalogue already."""
_UNREAD: Final = frozenset({"annotation", "returns", "slice"})


def register_rooms(package: str, *rooms: str, but: tuple[str, ...] = ()) -> None:
    """Say that rooms of a package refuse in English; `but` are files that no page reaches."""
    earlier, left_out = _ROOMS.get(package, (frozenset(), frozenset()))
    _ROOMS[package] = earlier | frozenset(rooms), left_out | frozenset(but)


@cache
def said_texts() -> tuple[tuple[str, str], ...]:
    """Give every sentence with the file that says it; of two that differ in names alone, the first.

    Whoever reads the finished sentence could not tell such two apart.
    """
    found: dict[str, tuple[str, str]] = {}
    for package, (rooms, but) in sorted(_ROOMS.items()):
        folder = folder_of(package)
        for path in sorted(folder.rglob("*.py")):
            inner = path.relative_to(folder)
            if inner.parts[0].removesuffix(".py") in rooms and path.name not in but:
                where = f"{package.partition('.')[2].replace('.', '/')}/{inner.as_posix()}"
                for each in sentences_in(path.read_text("utf-8")):
                    found.setdefault(PLACE.sub("{}", each), (where, each))
    return tuple(found.values())


def sentences_in(source: str) -> Iterator[str]:
    """Give the sentences of one file, each once, in their order."""
    tree = ast.parse(source)
    told = (_FIELD.sub("", each, count=1) if _FIELD.match(each) else each for each in _read(tree))
    yield from dict.fromkeys(each for each in told if _is_sentence(each))


def _is_sentence(text: str) -> bool:
    if "\n" in text or _PLACE_ALONE.fullmatch(text):
        return False
    words = PLACE.sub("", text)
    if _ONE_WORD.fullmatch(text):
        return True
    return len(_WORD.findall(words)) >= _FEWEST and " " in words.strip()


def _read(node: ast.AST) -> Iterator[str]:
    """Give every text under a node, each as one where it is put together of several."""
    if isinstance(node, ast.Call) and _called(node) in _ELSEWHERE:
        return
    if isinstance(node, ast.Compare) or (isinstance(node, ast.keyword) and node.arg == "initial"):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and not node.value.startswith("SELECT "):
            yield node.value
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and _adds(node)):
        yield _Template().write(node)
        inner = list(_places(node))
    else:
        inner = [
            each
            for name, held in ast.iter_fields(node)
            if name not in _UNREAD and not (isinstance(node, ast.Dict) and name == "keys")
            for each in (held if isinstance(held, list) else [held])
            if isinstance(each, ast.AST)
        ]
    for each in inner:
        yield from _read(each)


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """Give what varies in a text that is put together."""
    if isinstance(node, ast.JoinedStr):
        for each in node.values:
            yield from _places(each)
    elif isinstance(node, ast.BinOp) and _adds(node):
        yield from _places(node.left)
        yield from _places(node.right)
    elif isinstance(node, ast.FormattedValue):
        yield node.value
    elif not isinstance(node, ast.Constant):
        yield node


def _adds(node: ast.BinOp) -> bool:
    """Whether texts are put together."""
    texts = (ast.Constant, ast.JoinedStr)
    sides = (node.left, node.right)
    return isinstance(node.op, ast.Add) and any(
        isinstance(each, texts)
        and (not isinstance(each, ast.Constant) or isinstance(each.value, str))
        for each in sides
    )


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


class _Template:
    """One sentence as it is written down, each varying part under a name of its own."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def write(self, node: ast.AST) -> str:
        """Write a text with its places."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.JoinedStr):
            return "".join(self.write(each) for each in node.values)
        if isinstance(node, ast.BinOp) and _adds(node):
            return self.write(node.left) + self.write(node.right)
        inner = node.value if isinstance(node, ast.FormattedValue) else node
        name = _name(inner)
        self._names.append(name)
        times = self._names.count(name)
        return f"{{{name}}}" if times == 1 else f"{{{name}_{times}}}"


def _name(node: ast.AST) -> str:
    """Give what a varying part is called where it is written."""
    if isinstance(node, ast.Name):
        return node.id.strip("_").lower()
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_").lower()
    if isinstance(node, ast.Subscript):
        key = node.slice
        told = isinstance(key, ast.Constant) and str(key.value).isidentifier()
        return str(key.value) if told and isinstance(key, ast.Constant) else _name(node.value)
    if isinstance(node, ast.Call):
        return _name(node.args[0]) if node.args else _name(node.func)
    if isinstance(node, ast.BinOp):
        return _name(node.left)
    return "value"
