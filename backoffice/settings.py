"""One settings file for everything; what differs comes from the environment (`.env.example`)."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from backoffice import navigation, postgres

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

ENVIRONMENT = env.str("ENVIRONMENT", "development")
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ImproperlyConfigured("ENVIRONMENT is development, test or production")
PRODUCTION = ENVIRONMENT == "production"

DEBUG = env.bool("DEBUG", False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on in production")


def _secret(name: str) -> str:
    value = env.str(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} is missing")
    return value or f"only-for-development-{name.lower()}-not-a-secret-at-all-000000"


SECRET_KEY = _secret("SECRET_KEY")
# Encrypts webhook secrets at rest; digests tombstones. Comma-separated, newest first.
FIELD_KEYS = _secret("FIELD_KEYS").split(",")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "backoffice.ui",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "simple_history",
    "django_filters",
    "backoffice.staff",
    "backoffice.audit",
    "backoffice.outbox",
    "backoffice.platforms",
    "moderation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.audit.middleware.acting_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"
APPEND_SLASH = False

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
            ],
        },
    }
]

# Database -------------------------------------------------------------------------------------
if env.str("DATABASE_URL", ""):
    _database = env.db("DATABASE_URL")
    _database.pop("OPTIONS", None) if not _database.get("OPTIONS") else None
elif PRODUCTION:
    raise ImproperlyConfigured("DATABASE_URL is missing")
else:
    _database = postgres.start(VAR_DIR / "postgres")
DATABASES = {"default": {**_database, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["backoffice.staff.backends.StaffBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is not there
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# The shell that pages share ------------------------------------------------------------------
UNFOLD = navigation.UNFOLD

# History --------------------------------------------------------------------------------------
SIMPLE_HISTORY_DATE_INDEX = False

# The desk -------------------------------------------------------------------------------------
LEASE_SECONDS = env.int("LEASE_SECONDS", 600)
UNDO_SECONDS = env.int("UNDO_SECONDS", 60)

# The API --------------------------------------------------------------------------------------
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 30_000)
API_MAX_BODY_BYTES = 1_000_000
API_MAX_PHOTO_BYTES = 5_000_000
API_MAX_RECORDS_BYTES = 50_000_000
API_MAX_RECORDS = 10_000

# What leaves the house ------------------------------------------------------------------------
# Hosts that webhooks may be sent to; a name, or a name with a port.
WEBHOOK_ALLOWED_HOSTS = env.list(
    "WEBHOOK_ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost"]
)
DELIVERY_MAX_ATTEMPTS = env.int("DELIVERY_MAX_ATTEMPTS", 12)
