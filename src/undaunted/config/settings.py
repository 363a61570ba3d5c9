"""Django's settings, derived from `Environment`; nothing here reads a variable by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from undaunted.config.environment import Profile, read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).parents[1]
IN_PRODUCTION = ENVIRONMENT.profile is Profile.PRODUCTION
IN_TEST = ENVIRONMENT.profile is Profile.TEST

SECRET_KEY = ENVIRONMENT.secret_key
SESSION_BINDING_KEY = ENVIRONMENT.session_binding_key
DRAW_KEY = ENVIRONMENT.draw_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin]

INSTALLED_APPS = [
    "undaunted.core.access",
    "undaunted.core.audit",
    "undaunted.core.vault",
    "undaunted.core.accounts",
    "undaunted.core.places",
    "undaunted.core.workbooks",
    "undaunted.core.clocks",
    "undaunted.core.consent",
    "undaunted.core.evidence",
    "undaunted.core.actors",
    "undaunted.core.events",
    "undaunted.core.standards",
    "undaunted.core.listings",
    "undaunted.core.matching",
    "undaunted.core.practices",
    "undaunted.core.commitments",
    "undaunted.core.editions",
    "undaunted.core.sharing",
    "undaunted.core.intake",
    "undaunted.prisoners.registry",
    "undaunted.prisoners.report",
    "undaunted.prisoners.memo",
    "undaunted.prisoners.campaigns",
    "undaunted.coercion.exposure",
    "undaunted.coercion.instruments",
    "undaunted.coercion.response",
    "undaunted.coercion.screening",
    "undaunted.repression.sanctions",
    "undaunted.repression.dossiers",
    "undaunted.repression.coordination",
    "undaunted.briefings",
    "undaunted.site",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "undaunted.site.middleware.HeadersMiddleware",
    "undaunted.site.problems.ProblemsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "undaunted.coercion.screening.middleware.FileSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "undaunted.core.consent.middleware.WithdrawalsMiddleware",
    "undaunted.prisoners.registry.middleware.CalendarMiddleware",
    "undaunted.core.accounts.middleware.IdentityMiddleware",
]

ROOT_URLCONF = "undaunted.config.urls"
WSGI_APPLICATION = "undaunted.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "undaunted.core.intake.pages.alarms.emergencies",
            ],
        },
    },
]


# --- Database: one database, three roles, none of them the owner ---------------------------------


def _database(url: str) -> dict[str, Any]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()} if url else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "undaunted"),
        "USER": parts.pop("user", "nobody"),
        "PASSWORD": parts.pop("password", ""),
        # Without an address every connection fails at once instead of finding some other server.
        "HOST": parts.pop("host", "/nonexistent/set-UNDAUNTED_DESK_URL-or-use-the-command"),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parts,
            "pool": {
                "min_size": 0,
                "max_size": ENVIRONMENT.web_threads + 2,
                "timeout": 2,
                "max_idle": 60,
            },
        },
        "TEST": {"MIGRATE": False},
    }


DATABASES = {
    "default": _database(ENVIRONMENT.desk_url),
    "public": _database(ENVIRONMENT.public_url),
    "intake": _database(ENVIRONMENT.intake_url),
}
DATABASE_ROUTERS = ["undaunted.core.access.queries.FaceRouter"]

# --- Who signs in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["undaunted.core.accounts.forms.adapters.PassphraseBackend"]
PASSWORD_HASHERS = ["undaunted.core.accounts.forms.hashing.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 16},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"

ACCOUNT_ADAPTER = "undaunted.core.accounts.forms.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "undaunted.core.accounts.forms.factors.PassphraseChangeForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # nobody is asked for an address
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # they are per address (S12); guesses are slowed per account
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "undaunted.core.accounts.forms.MFAAdapter"
MFA_FORMS = {
    "authenticate": "undaunted.core.accounts.forms.factors.CodeForm",
    "reauthenticate": "undaunted.core.accounts.forms.factors.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Undaunted"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds for clocks that differ (RFC 6238 §5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION

SESSION_ENGINE = "undaunted.core.accounts.models.sessions"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What the browser is told ---------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 63_072_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
if ENVIRONMENT.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
    },
}

# --- Languages ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("be", _("Belarusian")),
    ("zh-hans", _("Simplified Chinese")),
    ("fr", _("French")),
    ("lt", _("Lithuanian")),
    ("fa", _("Persian")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
    ("tr", _("Turkish")),
    ("ug", _("Uyghur")),
    ("vi", _("Vietnamese")),
]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
WHITENOISE_AUTOREFRESH = ENVIRONMENT.debug
WHITENOISE_ALLOW_ALL_ORIGINS = False
HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": HASHED if IN_PRODUCTION else PLAIN},
}
DOCUMENTS_FOLDER = ENVIRONMENT.documents
DOWNLOADS_FOLDER = ENVIRONMENT.downloads
CHART_CACHE = ENVIRONMENT.var / "charts"
ANCHORS_FOLDER = ENVIRONMENT.anchors
TSA_URL = ENVIRONMENT.tsa_url
TSA_ROOTS = ENVIRONMENT.tsa_roots
LISTS_FILE = ENVIRONMENT.lists
WITHDRAWALS_FOLDER = ENVIRONMENT.withdrawals
LINKAGE_FOLDER = ENVIRONMENT.var / "linkage"
SPARK_MASTER = ENVIRONMENT.spark
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000

# --- Work in the background; nothing leaves by mail -----------------------------------------------

PROCRASTINATE_ON_APP_READY = "undaunted.config.queue.ready"
PROCRASTINATE_IMPORT_PATHS = ["undaunted.config.jobs"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Log: to standard error, no address of a reader, no query string, no visit to a door ----------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "door": {"()": "undaunted.config.discretion.DoorFilter"},
        "discreet": {"()": "undaunted.config.discretion.DiscreetFilter"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["door", "discreet"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        "django": {"handlers": [], "level": ENVIRONMENT.log_level, "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # At DEBUG these tell the whole context of a page and the values of a statement: a letter
        # that was just opened, a receipt.
        "django.template": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": True},
        # Tells of columns and of what it estimates, at a level that it sets itself.
        "splink": {"handlers": ["nowhere"], "level": "ERROR", "propagate": False},
    },
}
