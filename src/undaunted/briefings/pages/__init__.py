"""Pages of the house as a whole: home, countries, how we count, about, and the plain files."""

from undaunted.briefings.pages.countries import countries_index, country_page
from undaunted.briefings.pages.desk import desk
from undaunted.briefings.pages.home import home
from undaunted.briefings.pages.texts import about, favicon, method, robots

__all__ = [
    "about",
    "countries_index",
    "country_page",
    "desk",
    "favicon",
    "home",
    "method",
    "robots",
]
