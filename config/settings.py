"""Settings, read from the environment only (https://12factor.net/config).

`python3 manage.py dev` sets `DEBUG=1` for itself. Everywhere else debugging is off unless asked for, and a missing
secret stops the start: a site must not run on a key that everybody can read.
"""

from pathlib import Path

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env

from config.api.enum_names import ENUM_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

# --- What kind of installation this is -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("Set SECRET_KEY to a long random text (or DEBUG=1 on a machine of your own).")
    SECRET_KEY = get_random_secret_key()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Applications: an app imports only from those below it -----------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "activities",
    "consultations",
    "declaration",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "django_htmx",
    "import_export",
]

MIDDLEWARE = [
    "consultations.arrival.ArrivalMiddleware",  # first: it takes the time
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.api.middleware.ApiHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.BoundedBodyMiddleware",  # before the one that looks for the form's token, which reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.RefusalMiddleware",
    "consultations.second_factor.SecondFactorMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "config.middleware.ReaderTimeZoneMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------------------------------
# Without DATABASE_URL a machine of one's own uses the private server that the development commands start.
DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_health_checks=True)}
    # A request waits this long for a free connection; after that the reader is told, instead of kept waiting.
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=10), "timeout": 5}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = pool
elif DEBUG:
    DATABASES = {"default": {"ENGINE": "config.private_postgres", "NAME": "travaux", "USER": "postgres"}}
else:
    raise ImproperlyConfigured("Set DATABASE_URL, for example postgresql://user:password@host/travaux.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.dj_cache_url("CACHE_URL", default="db://cache"),
    # A process's own, for what is quick to make again; each entry is a fraction of a megabyte.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 48}},
}

# --- Who signs in, and how -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "consultations.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "after-sign-in"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "consultations.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # a person is invited by e-mail, so the address is known to work
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Travaux"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # a machine of one's own has no certificate
# Of whom a second factor is asked: "staff", "focal_points", both, or nobody.
REQUIRE_SECOND_FACTOR: list[str] = env.list("REQUIRE_SECOND_FACTOR", default=[])
if not set(REQUIRE_SECOND_FACTOR) <= {"staff", "focal_points"}:
    raise ImproperlyConfigured("REQUIRE_SECOND_FACTOR takes staff and focal_points, with a comma between them.")

# --- Languages: the six of the United Nations ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Zurich"  # the Council sits in Geneva: deadlines are given in its time

# --- Receipts of filings: the key that they are signed with, and the public keys of earlier ones ---------------------
RECEIPT_KEY = env.str("RECEIPT_KEY", default="")
RECEIPT_KEY_FILE = env.str("RECEIPT_KEY_FILE", default=str(BASE_DIR / "var" / "receipt-key") if DEBUG else "")
RECEIPT_EARLIER_KEYS: list[str] = env.list("RECEIPT_EARLIER_KEYS", default=[])
if not RECEIPT_KEY and not RECEIPT_KEY_FILE:
    raise ImproperlyConfigured("Set RECEIPT_KEY to 32 random bytes in base64: openssl rand -base64 32")

# --- Static and uploaded files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))

# --- Mail ------------------------------------------------------------------------------------------------------------
# The address that links in mail begin with: a job that sends mail answers no request that could tell it.
SITE_URL = env.str(
    "SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS and not DEBUG else "http://127.0.0.1:8000"
).rstrip("/")
EMAIL = env.dj_email_url("EMAIL_URL", default="console:" if DEBUG else "smtp://localhost")
# `dev` sets this: mail is kept in files and shown on a page, to everybody who reaches the site.
SHOW_SENT_MAIL = DEBUG and env.bool("SHOW_SENT_MAIL", default=False)
SENT_MAIL_ROOT = BASE_DIR / "var" / "mail"
EMAIL_BACKEND = "config.sent_mail.EmailBackend" if SHOW_SENT_MAIL else EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="travaux@localhost")

# --- Security --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_BODY_BYTES = 128 * 1024 * 1024  # six texts of 20 MB at once, as staff bring them in
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "consultations.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    # What everyone may read says so itself; everything else asks who comes.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.parsers.BoundedJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["declaration.api.filtering.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "declaration.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.ApiSchema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    # Only what names a scope is counted: reading is cheap, and counting it would cost more than it saves.
    "DEFAULT_THROTTLE_RATES": {"tokens": "10/min", "writes": "600/min", "knocks": "20/hour"},
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    # Who counts is told by the connection; a header that anyone can write is believed only from our own proxy.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "config.api.errors.RefusalHandler"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Travaux",
    "DESCRIPTION": "The working record of a declaration while it is being drafted.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "ENUM_SUFFIX": "",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
REST_KNOX = {
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "TOKEN_TTL": None,
    "TOKEN_LIMIT_PER_USER": 20,
    "AUTO_REFRESH": False,
}

# --- Audit trail: every change is an event that nothing can change ---------------------------------------------------
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = ()
PGTRIGGER_SCHEMA_EDITOR = True

# --- Tests run through pytest under Django's own command; see config/management/commands/test.py ---------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if DEBUG
            else structlog.processors.JSONRenderer(),
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "loggers": {"django": {"handlers": []}},  # or what it says would be printed twice while debugging
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
