"""Addresses of the registry: the public ones, mounted at the root; the desk's have their own.

Each public address carries its own beginning (`registry/`, `data/`); `urls.desk` is mounted at
`desk/` as the namespace `desk`.
"""

from undaunted.prisoners.registry.urls import public

__all__ = ["app_name", "urlpatterns"]

app_name = "registry"

urlpatterns = [*public.urlpatterns]
