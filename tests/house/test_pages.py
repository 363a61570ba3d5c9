"""Templates and styles: nothing inline, nothing from elsewhere, and no left or right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.house.tree import NOT_OURS, PACKAGE, exceptions, relative

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLES = sorted(p for p in PACKAGE.rglob("static/**/*.css") if not NOT_OURS & set(p.parts))

INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=[\"']|<style\b|<script\b(?![^>]*\bsrc=)|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|link|source|object|embed|form)\b[^>]*"
    r"\b(?:src|href|data|action)=[\"'](?:https?:)?//",
    re.IGNORECASE,
)
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right)[\w-]*|(?:left|right)"
    r"|(?:text-align|float|clear):\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\s*[:;}]",
    re.MULTILINE,
)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
UNSEEN = re.compile(
    r"<!--.*?-->|{#.*?#}|{%\s*comment.*?endcomment\s*%}|<(code|kbd|samp)\b.*?</\1>", re.DOTALL
)
ENGLISH_BESIDE = re.compile(r"<(\w+)\b[^>]*\slang=\"en\"[^>]*>.*?</\1>", re.DOTALL)
VALUES = re.compile(r"{%\s*block (?:body_class|\w+_address)\s*%}[^{<]*")
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{3,}")
OWN_NAMES = {"Undaunted", "JSON", "CSV", "Parquet", "FollowTheMoney", "RSS", "API"}


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_stays_inside_the_content_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_says_every_word_through_translation(path: Path) -> None:
    if relative(path) in exceptions("untranslated_templates"):
        return
    text = path.read_text(encoding="utf-8")
    for pattern in (UNSEEN, TRANSLATED, ENGLISH_BESIDE, VALUES, MARKUP):
        text = pattern.sub(" ", text)
    assert [word for word in WORD.findall(text) if word not in OWN_NAMES] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_parts_words_by_the_comma_of_the_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for pattern in (UNSEEN, TRANSLATED, ENGLISH_BESIDE, VALUES):
        text = pattern.sub(" ", text)
    assert re.findall(r'\|join:"[^"]*,', text) == []
    assert "," not in MARKUP.sub(" ", text), "write {% comma %}, or {% comma apart=True %}"


@pytest.mark.parametrize("path", STYLES, ids=relative)
def test_style_uses_start_and_end(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [found.group().strip() for found in PHYSICAL.finditer(text)] == []


@pytest.mark.parametrize("path", STYLES, ids=relative)
def test_style_fetches_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text) == []
