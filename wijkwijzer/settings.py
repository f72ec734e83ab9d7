"""Settings of WijkWijzer. What differs between machines comes from the environment.

Without a default here, `make start` gives one and any other start is an error.

SECRET_KEY           at least 50 random characters
SECRET_KEY_FALLBACKS empty: keys of before, so that what they encrypted can be read
ALLOWED_HOSTS        host names, with commas between them
HTTPS                True: HSTS and secure cookies; `make start` has False
HSTS_SECONDS         31536000: how long browsers insist on https
HSTS_PRELOAD         False: whether that holds for all subdomains and for the lists of
                     browsers as well: the owner of the whole domain decides
TRUST_PROXY          False: whether to believe X-Forwarded-Proto and X-Forwarded-For
DATABASE_URL         SQLite in VAR_DIR, or postgres://user:password@host:5432/name; of
                     several hosts, with commas between them, the one that takes writes
DATABASE_REPLICA_URL none: all is read there too; else public pages are read here, as
                     long as it is not behind. Several hosts as above: a replica first
DATABASE_POOL_SIZE   12: connections to PostgreSQL per process, one for each thread
DATABASE_PGBOUNCER   False: True when the addresses are those of a PgBouncer that gives
                     a connection to each transaction
REDIS_URL            none: every process asks the database itself whether the content
                     changed; else one asks for all (redis://host:6379/0)
VAR_DIR              var: the database, static files, uploaded pictures and keys
MEDIA_S3_BUCKET      empty: pictures in VAR_DIR/media; else the bucket that all machines
                     share. Needs `wijkwijzer[s3]`, and AWS_ACCESS_KEY_ID with
                     AWS_SECRET_ACCESS_KEY, or another way to sign in that Amazon knows
MEDIA_S3_ENDPOINT    empty: Amazon's; else https://… of who else keeps buckets
MEDIA_S3_REGION      the region of the bucket, where there is such a thing
DISK_MIN_FREE_BYTES  104857600: with less room in VAR_DIR, /readyz says that we fail
PAGE_CACHE_BYTES     16777216: public pages kept in memory per process; 0 keeps none
APART_BOUWEN_VANAF   5000: with more aanpakken, the catalogue is built in a process of
                     its own and shared by the workers, in VAR_DIR/catalogus
REDACTIE_EMAIL       where questions of readers go when a contact has no address
EMAIL_HOST           the mail server; without one no mail is sent, and the site says so.
                     `manage.py verstuur_berichten --blijf` must run beside the site
EMAIL_PORT           587
EMAIL_HOST_USER      empty: the mail server asks for no name
EMAIL_HOST_PASSWORD  and the password that goes with it
EMAIL_USE_TLS        True: talk with the mail server over STARTTLS
EMAIL_VAN            who our mail is from; needed when there is a mail server
BEHEERDER_NAAM       who runs this site, for /toegankelijkheid/ and /privacy/
BEHEERDER_EMAIL      where readers report what does not work
BEHEERDER_URL        the site of who runs it
LOG_FORMAT           regels: lines to read; json: an object a line, and one for every
                     request that reaches Django
SLOW_QUERY_MS        0: queries that take longer are logged, without values; 0 logs none
MFA_VERPLICHT        True, for a local start False: whoever edits or manages signs in
                     with a second step, an app with codes or a passkey
SESSIE_STIL          7200: after so many seconds without a request, an editor is out
SESSIE_HOOGSTENS     43200: so many seconds after signing in it is done again anyhow
VIER_OGEN            False: True when who changed a text may not publish it himself
API_PER_MINUUT       600: so many answers of the API one connection may have made in a
                     minute, of one process; what is kept in memory does not count
METRICS_TOKEN        empty: no /metrics; else who sends it as a Bearer token gets them
SENTRY_DSN           empty: errors go to the log only; needs the package sentry-sdk
DEBUG                False: Django's debug pages, and the components at /stijl/

Another server than that of `make start` wants MALLOC_ARENA_MAX=2: core/omgeving.py.
"""

from pathlib import Path

import django_stubs_ext

from wijkwijzer.core.databases import REPLICA, env_databases
from wijkwijzer.core.omgeving import (
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_secret_key,
    env_str,
)
from wijkwijzer.core.prive import FILE, FOLDER

# ModelAdmin[Aanpak] and FormView[ZoekForm] exist for mypy only; this makes them run.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))

# Set by `manage.py start` only: a site on this machine that needs no settings at all.
LOCAL_START = env_bool("LOCAL_START", default=False)

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret_key(
    "SECRET_KEY", local_file=VAR_DIR / "secret_key" if LOCAL_START else None
)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if LOCAL_START else None
)
HTTPS = env_bool("HTTPS", default=not LOCAL_START)

# Less than this free in VAR_DIR, and /readyz sends readers elsewhere.
DISK_MIN_FREE_BYTES = env_int("DISK_MIN_FREE_BYTES", default=100 * 1024**2)

# Applications

LOCAL_APPS = [
    "wijkwijzer.core",
    "wijkwijzer.memory",
    "wijkwijzer.wholes",
    "wijkwijzer.search",
    "wijkwijzer.web",
    "interventies",
    "aanpakken",
    "kennisdossier",
    "wijkwijzer.nieuws",
    "wijkwijzer.api",
    "wijkwijzer.delen",
    "wijkwijzer.publicatie",
    "wijkwijzer.deelname",
    "wijkwijzer.toegang",
    "wijkwijzer.redactie",
    "wijkwijzer.uitwisseling",
    "wijkwijzer.operations",
    "wijkwijzer.backup",
]

INSTALLED_APPS = [
    "wijkwijzer.redactie.apps.BeheerConfig",  # Django's admin, with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",  # for its templates
    "django_filters",
    "taggit",
    "csp",
    "django_prose_editor",  # for its static files: see kennisdossier/opmaak.py
    *LOCAL_APPS,
]

# Security headers first, so that they are on static files and on errors as well. The
# session, message and CSRF middleware leave a page alone that does not use them: no
# cookie and no Vary for readers, and a test that says so.
MIDDLEWARE = [
    "wijkwijzer.operations.requests.RequestMiddleware",
    "wijkwijzer.api.middleware.ApiMiddleware",
    "wijkwijzer.core.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wijkwijzer.core.middleware.RefusalMiddleware",
    "wijkwijzer.api.middleware.OptionsMiddleware",
    "wijkwijzer.operations.methods.MethodsMiddleware",
    "wijkwijzer.operations.probes.ProbesMiddleware",
    "wijkwijzer.web.statisch.StatischeBestandenMiddleware",
    "wijkwijzer.redactie.middleware.TeruggeefMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wijkwijzer.toegang.middleware.ToegangMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "wijkwijzer.urls"
WSGI_APPLICATION = "wijkwijzer.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "wijkwijzer.core.sjablonen.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "wijkwijzer.core.templatetags.wijkwijzer",
                "wijkwijzer.core.templatetags.jsonld",
                "wijkwijzer.wholes.templatetags.links",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data

DATABASES = env_databases(sqlite=VAR_DIR / "wijkwijzer.sqlite3")
if REPLICA in DATABASES:
    DATABASE_ROUTERS = ["wijkwijzer.memory.router.ReadsRouter"]
# What one process asked the database a moment ago is there for the others.
REDIS_URL = env_str("REDIS_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "wijkwijzer.core.trefwoorden.lees_trefwoorden"
TAGGIT_STRING_FROM_TAGS = "wijkwijzer.core.trefwoorden.schrijf_trefwoorden"
FORMS_URLFIELD_ASSUME_HTTPS = True  # the default from Django 6 on
FORM_RENDERER = "wijkwijzer.core.lengte.Formulieren"

# Language

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "wijkwijzer.core.formats"

# Static files: hashed names that browsers may keep for ever, compressed beforehand

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_S3_BUCKET = env_str("MEDIA_S3_BUCKET", "")
STORAGES = {
    "default": {
        "BACKEND": "wijkwijzer.core.media.S3Media"
        if MEDIA_S3_BUCKET
        else "django.core.files.storage.FileSystemStorage"
    },
    # These may be read by a proxy that serves them.
    "staticfiles": {
        "BACKEND": "wijkwijzer.web.statisch.StatischeBestanden",
        "OPTIONS": {
            "file_permissions_mode": 0o644,
            "directory_permissions_mode": 0o755,
        },
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Our pages and our fonts have one origin; the wildcard would only help other sites.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Source maps are for the tools of developers; compressing them takes half of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "woff2", "map"]

# Pictures that editors add. kennisdossier/afbeeldingen.py checks and serves them.

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_S3_ENDPOINT = env_str("MEDIA_S3_ENDPOINT", "")
MEDIA_S3_REGION = env_str("MEDIA_S3_REGION", "")
# What was taken out of a text, or is in none yet, is nobody else's to look at.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = FILE, FOLDER

# A dossier with all its parts is one form in the admin, of more than the usual 1000.

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Public pages that are kept in memory, compressed, until the content changes

PAGE_CACHE_BYTES = env_int("PAGE_CACHE_BYTES", default=0 if DEBUG else 16 * 1024**2)

# Fair use of the API (api/limiet.py)

API_PER_MINUUT = env_int("API_PER_MINUUT", default=600, minimum=1)

# A large catalogue is built apart from the workers, so that none of them grows by it

APART_BOUWEN_VANAF = env_int("APART_BOUWEN_VANAF", default=5000)

# Mail, which only deelname/postvak.py sends: from a server, or on the screen while
# developing, or not at all

EMAIL_HOST = env_str("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", default=587, minimum=1, maximum=65_535)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
# For each answer of the mail server; see deelname/postvak.py.
EMAIL_TIMEOUT = 10
# On a server, the screen is a log: no place for what readers write.
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "smtp" if EMAIL_HOST else "console" if LOCAL_START or DEBUG else "dummy"
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str(
    "EMAIL_VAN", None if EMAIL_HOST else "wijkwijzer@localhost"
)
REDACTIE_EMAIL = env_str("REDACTIE_EMAIL", "")

# Who is responsible. Left empty, the pages say that it has not been filled in.

BEHEERDER_NAAM = env_str("BEHEERDER_NAAM", "")
BEHEERDER_EMAIL = env_str("BEHEERDER_EMAIL", "")
BEHEERDER_URL = env_str("BEHEERDER_URL", "")

# Publishing: whether another than who wrote it must do so (wholes/rights.py)

VIER_OGEN = env_bool("VIER_OGEN", default=False)

# Security

# The one inline <style> that we allow, by its hash: "'sha256-…'".
INLINE_STYLE_HASHES: list[str] = []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'", *INLINE_STYLE_HASHES],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # The preview of an embed; what may stand in a frame is only /embed/.
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = HTTPS
# The probes come from inside, over plain http.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
# Subdomains and browsers' preload lists bind more than this site: the owner of the
# domain decides on them.
HSTS_PRELOAD = HTTPS and env_bool("HSTS_PRELOAD", default=False)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HSTS_PRELOAD
SILENCED_SYSTEM_CHECKS = [] if HSTS_PRELOAD else ["security.W005", "security.W021"]
# What a proxy of ours says of the request; the address of a sender is only hashed.
TRUST_PROXY = env_bool("TRUST_PROXY", default=False)
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Only the admin and the forms for readers have cookies. Browsers accept __Host- names
# over https alone.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# Readers who send a form get this cookie too: it goes when the browser closes.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wijkwijzer.redactie.views.csrf_failure"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"wijkwijzer.operations.passwords.{name}", "OPTIONS": options}
    for name, options in {
        "LengthValidator": {"min_length": 12},
        "SimilarityValidator": {},
        "CommonValidator": {},
        "NumericValidator": {},
        "GuessableValidator": {},
    }.items()
]

# Signing in (wijkwijzer/toegang)

MFA_VERPLICHT = env_bool("MFA_VERPLICHT", default=not (LOCAL_START or DEBUG))
SESSIE_STIL = env_int("SESSIE_STIL", default=7200, minimum=60)
SESSIE_HOOGSTENS = env_int("SESSIE_HOOGSTENS", default=43_200, minimum=60)
SESSION_COOKIE_AGE = SESSIE_HOOGSTENS
# How long the link in a mail for a new password works.
PASSWORD_RESET_TIMEOUT = 3600
# The others are read, and written anew with the first when somebody signs in.
PASSWORD_HASHERS = [
    "wijkwijzer.toegang.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# What operators watch

METRICS_TOKEN = env_str("METRICS_TOKEN", "")
SLOW_QUERY_MS = env_int("SLOW_QUERY_MS", default=0)
SENTRY_DSN = env_str("SENTRY_DSN", "")

# Everything goes to standard error, where the service manager collects it. Django's own
# default says nothing there about errors when DEBUG is off.

LOG_FORMAT = env_choice("LOG_FORMAT", ["regels", "json"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "regels": {"()": "wijkwijzer.operations.logs.LineFormatter"},
        "json": {"()": "wijkwijzer.operations.logs.JsonFormatter"},
    },
    "filters": {"quiet": {"()": "wijkwijzer.operations.logs.QuietAttackers"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["quiet"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Of a 404 it would say the same as the line of the request itself.
        "django.request": {"level": "ERROR"},
        # Who signs in is told, not only who fails to.
        "wijkwijzer.operations.logins": {"level": "INFO"},
        "wijkwijzer.operations.requests": {
            "level": "INFO" if LOG_FORMAT == "json" else "WARNING"
        },
    },
}
