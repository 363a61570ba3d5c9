"""Pages that say what is published: kept until anything published changes."""

from __future__ import annotations

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries.published import published_version
from undaunted.site.caching import kept_unchanged

__all__ = ["kept_while_published"]

kept_while_published = kept_unchanged(lambda: published_version(PUBLIC))
"""For views that answer every reader of a day alike, out of the projections alone."""
