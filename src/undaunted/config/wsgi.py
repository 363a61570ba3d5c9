"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from undaunted.config.loading import load_areas
from undaunted.config.memory import close_memory

__all__ = ["application"]

close_memory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
load_areas(addresses=True)
application = get_wsgi_application()
