"""What the web server calls."""

import os
from threading import Event

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from undaunted.config.environment import Profile
from undaunted.config.loading import load_areas
from undaunted.config.memory import close_memory
from undaunted.config.porter import Porter
from undaunted.config.warming import warm_up

__all__ = ["application"]

close_memory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undaunted.config.settings")
load_areas(addresses=True)
_app = get_wsgi_application()
if settings.ENVIRONMENT.profile is not Profile.TEST:
    warm_up(Event())

application = Porter(_app, settings.ENVIRONMENT.web_threads)
