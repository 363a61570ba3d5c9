"""Charts drawn in tests go to a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from pytest_django import Settings

__all__ = ["Render", "charts_folder", "render"]

Render = Callable[..., str]


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


@pytest.fixture(autouse=True)
def charts_folder(settings: Settings, drawn: Path) -> Path:
    settings.CHART_CACHE = drawn
    return drawn


@pytest.fixture
def render() -> Render:
    """Render a template text, or a named template, as one language's reader sees it."""

    def written(
        source: str, values: dict[str, object] | None = None, *, language: str = "en",
        address: str = "/search/",
    ) -> str:  # fmt: skip
        request = RequestFactory().get(address)
        engine = engines["django"]
        with override(language):
            if source.endswith(".html"):
                template = engine.get_template(source)
            else:
                template = engine.from_string("{% load site i18n %}" + source)
            return str(template.render(values or {}, request))

    return written
