"""Pages of exposure: the area's first page, countries, pairs, two beside each other, episodes."""

from undaunted.coercion.exposure.pages import desk, downloads, episodes, public

__all__ = ["desk", "downloads", "episodes", "public"]
