"""Pages of exposure: the area's first page, countries, pairs, two beside each other, downloads."""

from undaunted.coercion.exposure.pages import downloads, public

__all__ = ["downloads", "public"]
