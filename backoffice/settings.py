"""One settings file for everything; what differs comes from the environment (`.env.example`)."""

import os
from email.utils import parseaddr
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from backoffice import logs, navigation, postgres
from backoffice.broker import pgmq_options

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
    value = os.environ.get(name, "")  # as it is: environ would follow a leading $
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} is missing")
    return value or f"only-for-development-{name.lower()}-not-a-secret-at-all-000000"


SECRET_KEY = _secret("SECRET_KEY")
# Encrypts webhook secrets at rest; digests tombstones. Comma-separated, newest first.
FIELD_KEYS = _secret("FIELD_KEYS").split(",")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is missing")
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var").resolve()

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
    "django.contrib.humanize",
    "django.contrib.postgres",
    "simple_history",
    "django_filters",
    "anymail",
    "backoffice.staff",
    "backoffice.audit",
    "backoffice.outbox",
    "backoffice.platforms",
    "blacklist",
    "incidents",
    "moderation",
]

MIDDLEWARE = [
    "backoffice.platforms.middleware.problem_middleware",
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
DATABASE_IS_OUR_OWN = not env.str("DATABASE_URL", "")
if not DATABASE_IS_OUR_OWN:
    _database = env.db("DATABASE_URL")
    if _database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL is not a postgres:// address")
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
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # how long an access code works

# Words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
# The first wins: what we say, then what packages do not say in Dutch (`make messages` keeps both).
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/packages"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is not there
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600  # photos of members: nobody else on the machine
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected there, and whitenoise looks

# Between the browser and us -------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_proxy_header = env.str("SECURE_PROXY_HEADER", "")
SECURE_PROXY_SSL_HEADER = (
    (f"HTTP_{_proxy_header.upper().replace('-', '_')}", "https") if _proxy_header else None
)

# Work in the background -----------------------------------------------------------------------
# Rows in PostgreSQL are the truth; a task is a nudge. Lost ones are found by the sweeps below.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") or "pgmq://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    pgmq_options(_database) if CELERY_BROKER_URL.startswith("pgmq:") else {"visibility_timeout": 600}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # its queue names are too long for pgmq
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# Each may run twice at once, or not at all for a while: they find what there is to do.
CELERY_BEAT_SCHEDULE = {
    "finalise decisions whose undo window is over": {
        "task": "moderation.tasks.finalise_decisions",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "draw from what became final for a second look": {
        "task": "moderation.tasks.draw",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "deliver what a lost nudge left": {
        "task": "backoffice.outbox.tasks.sweep",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "send letters that a lost nudge left": {
        "task": "backoffice.outbox.tasks.sweep_mail",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "forget members who were confirmed to be under 16": {
        "task": "moderation.tasks.forget_confirmed_children",
        "schedule": 20.0,
        "options": {"expires": 20.0},
    },
    "fetch the servicedesk's mail, and read what waits": {
        "task": "incidents.tasks.take_in_mail",
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "remove files that a killed process left": {
        "task": "backoffice.outbox.tasks.remove_files",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
}

# Logs -----------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")
LOGGING = logs.configure(level=LOG_LEVEL, as_json=PRODUCTION)

# The shell that pages share ------------------------------------------------------------------
UNFOLD = navigation.UNFOLD

# History --------------------------------------------------------------------------------------
SIMPLE_HISTORY_DATE_INDEX = False

# The desk -------------------------------------------------------------------------------------
LEASE_SECONDS = env.int("LEASE_SECONDS", 600)
UNDO_SECONDS = env.int("UNDO_SECONDS", 60)
SECOND_LOOK_SHARE = env.float("SECOND_LOOK_SHARE", 0.05)
if not 0 <= SECOND_LOOK_SHARE <= 1:
    raise ImproperlyConfigured("SECOND_LOOK_SHARE lies between 0 and 1")

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

# Letters: by SMTP, by Mandrill where it has a key, into files of VAR_DIR while developing.
MAIL_FROM = env.str("MAIL_FROM", "") or "WeHelpen <info@wehelpen.nl>"
MAIL_DOMAIN = parseaddr(MAIL_FROM)[1].partition("@")[2]
if not MAIL_DOMAIN:
    raise ImproperlyConfigured("MAIL_FROM has no e-mail address")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
_mail = env.email_url_config(
    env.str("EMAIL_URL", "") or ("smtp://localhost:25" if PRODUCTION else "filemail:")
)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "", _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = VAR_DIR / "mail"
MANDRILL_API_KEY = env.str("MANDRILL_API_KEY", "")
if MANDRILL_API_KEY:
    EMAIL_BACKEND = "anymail.backends.mandrill.EmailBackend"
ANYMAIL = {
    "MANDRILL_API_KEY": MANDRILL_API_KEY,
    "MANDRILL_WEBHOOK_KEY": env.str("MANDRILL_WEBHOOK_KEY", ""),
    "MANDRILL_WEBHOOK_URL": env.str("MANDRILL_WEBHOOK_URL", ""),
    "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    "REQUESTS_TIMEOUT": 2,
}
# Mail in: a mailbox that is emptied over IMAP, or Mandrill that hands over what comes in.
INBOUND_IMAP_URL = os.environ.get("INBOUND_IMAP_URL", "")  # as it is: a password may begin with a $
MANDRILL_INBOUND_KEY = env.str("MANDRILL_INBOUND_KEY", "")
MANDRILL_INBOUND_URL = env.str("MANDRILL_INBOUND_URL", "")
if bool(MANDRILL_INBOUND_KEY) != bool(MANDRILL_INBOUND_URL):
    raise ImproperlyConfigured("MANDRILL_INBOUND_KEY and MANDRILL_INBOUND_URL go together")
if bool(ANYMAIL["MANDRILL_WEBHOOK_KEY"]) != bool(ANYMAIL["MANDRILL_WEBHOOK_URL"]):
    raise ImproperlyConfigured("MANDRILL_WEBHOOK_KEY and MANDRILL_WEBHOOK_URL go together")
