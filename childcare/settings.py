"""The one settings file. A wrong or missing environment value stops the start with a sentence that says how to mend it."""

import sys
from pathlib import Path

import environ
import structlog
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ENVIRONMENT = env.str("ENVIRONMENT", "embedded")
if ENVIRONMENT not in ("embedded", "test", "production"):
    raise ImproperlyConfigured(f"ENVIRONMENT={ENVIRONMENT}: use embedded, test or production.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.bool("DEBUG", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))


def whole(name, default):
    """A whole number from the environment."""
    text = env.str(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name}={text}: use a whole number such as {default}.")
    return int(text)


def secret(name):
    """A secret from the environment, else from the file that bin/setup made in var/ (never in production)."""
    value = env.str(name, "")
    file = VAR_DIR / name.lower()
    if not value and not PRODUCTION and file.exists():
        value = file.read_text().strip()
    if not value:
        hint = "set it in the environment" if PRODUCTION else "run bin/setup, which makes it"
        raise ImproperlyConfigured(f"{name} is missing: {hint}.")
    return value


def key_fault(keys):
    """What is wrong with the keys of the encrypted data, or ""."""
    try:
        for key in keys:
            Fernet(key.strip())
    except ValueError:
        return "every key must be 32 random bytes in URL-safe base64 (openssl rand -base64 32 | tr '+/' '-_'), commas between."
    return ""


SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = secret("FIELD_KEYS").split(",")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PROXY_COUNT = whole("PROXY_COUNT", 0)
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000")
DEMO = env.bool("DEMO", not PRODUCTION)
TRAINING_TODAY = env.str("TRAINING_TODAY", "")
SIGNATURE_ROOTS = env.str("SIGNATURE_ROOTS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "import_export",
    "childcare",
    "childcare.audit",
    "childcare.jobs",
    "childcare.inbox",
    "childcare.units",
    "childcare.accounts",
    "childcare.documents",
    "childcare.indicators",
    "childcare.children",
    "cases",
    "plans",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "childcare.middleware.ClientAddressMiddleware",
    "childcare.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "childcare.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "childcare.accounts.middleware.DraftMiddleware",
    "childcare.accounts.middleware.CurrentAppointmentMiddleware",
    "childcare.accounts.middleware.SessionMiddleware",
    "childcare.middleware.SignInMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "childcare.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "childcare.urls"
WSGI_APPLICATION = "childcare.wsgi.application"
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
                "childcare.context_processors.frame",
            ],
            "builtins": ["childcare.templatetags.vi"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].update({"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True})
    # The figures of a province ask whether a child is among a million: with less PostgreSQL would walk a list each time.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c work_mem=64MB")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "childcare.accounts.backends.OfficerBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "childcare.accounts.passwords.LengthValidator"},
    {"NAME": "childcare.accounts.passwords.CommonValidator"},
    {"NAME": "childcare.accounts.passwords.ContextValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = whole("SIGN_IN_COOLOFF_MINUTES", 5) / 60
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "childcare.accounts.views.sign_in.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 3600  # from coming in, however busy the session is
IDLE_MINUTES = whole("IDLE_MINUTES", 15)  # until the screen locks; the administrator may set it for a role
SECOND_FACTOR = env.bool("SECOND_FACTOR", PRODUCTION)  # confirm in two steps, unless set for a role
DEVICE_COOKIE_NAME = "device"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "childcare.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False
FIRST_DAY_OF_WEEK = 1
FORMAT_MODULE_PATH = ["childcare.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
ANCHORS_DIR = Path(env.str("ANCHORS_DIR", str(VAR_DIR / "anchors")))  # one line a day; another machine fetches it
FILES_DIR = Path(env.str("FILES_DIR", str(VAR_DIR / "files")))

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

REDIS_URL = env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    broker_dir = VAR_DIR / "broker"
    for name in ("queue", "control"):
        (broker_dir / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(broker_dir / "queue"),
        "data_folder_out": str(broker_dir / "queue"),
        "control_folder": str(broker_dir / "control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", False)

EMAIL_URL = env.str("EMAIL_URL", "")
EMAIL_ON = bool(EMAIL_URL)
if EMAIL_ON:
    vars().update(env.email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "nhac-viec@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

if PRODUCTION:
    problems = []
    if SQLITE:
        problems.append("DATABASE_URL must name a PostgreSQL database; SQLite is for trying out only.")
    if DEBUG:
        problems.append("DEBUG must be off.")
    if not REDIS_URL:
        problems.append("REDIS_URL must name the Redis of the worker.")
    if DEMO:
        problems.append("DEMO must be off: demo accounts have known passwords.")
    if TRAINING_TODAY:
        problems.append("TRAINING_TODAY must be empty: production works with the real day.")
    if len(SECRET_KEY) < 50 or "insecure" in SECRET_KEY or "change" in SECRET_KEY.lower():
        problems.append("SECRET_KEY must be a random text of 50 characters or more.")
    if not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS):
        problems.append("ALLOWED_HOSTS must list the host names of this site, without *.")
    if not PUBLIC_URL.startswith("https://"):
        problems.append("PUBLIC_URL must be the https:// address of this site; it stands in mails and links.")
    if SIGNATURE_ROOTS and not Path(SIGNATURE_ROOTS).is_file():
        problems.append(f"SIGNATURE_ROOTS={SIGNATURE_ROOTS}: no such file of PEM certificates; empty trusts no chain.")
    if fault := key_fault(FIELD_KEYS):
        problems.append(f"FIELD_KEYS: {fault}")
    if problems and "collectstatic" not in sys.argv:
        raise ImproperlyConfigured("Production does not start:\n- " + "\n- ".join(problems))
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    DEVICE_COOKIE_NAME = "__Host-device"
