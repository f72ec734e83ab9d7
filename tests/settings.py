"""The real settings, with what a test run needs from the environment filled in."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
# The browser tests log in over plain http.
os.environ.setdefault("HTTPS", "False")
# The second step has its own tests; the others sign in without.
os.environ.setdefault("MFA_VERPLICHT", "False")

from wijkwijzer.settings import *  # noqa: F403

# Straight from static/: tests need no collectstatic first.
STORAGES = {
    "default": (
        STORAGES["default"]  # noqa: F405
        if MEDIA_S3_BUCKET  # noqa: F405
        else {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Hashing that is meant to be slow would take half of the test time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
