"""Pages of exposure: the area's first page, countries, pairs, two beside each other, downloads."""

from undaunted.coercion.exposure.pages import desk, downloads, public

__all__ = ["desk", "downloads", "public"]
