"""What the web server calls."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from undaunted.config.memory import close_memory
from undaunted.config.porter import Porter

__all__ = ["application"]

close_memory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
_app = get_wsgi_application()

application = Porter(_app, settings.ENVIRONMENT.web_threads)
