"""Every setting of the project, read from the environment (docs/settings.md lists them; a test compares).

Three situations: ``DEMO=1`` (what ``make run`` sets: embedded pool, secrets made on first start, plain HTTP on this
machine), ``DEBUG=1`` (``make dev``: the same with Django's reloading server) and neither, which is production and
takes nothing for granted.
"""

import base64
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
from csp.constants import NONCE, NONE, SELF
from environs import Env

from authsite import demo_functions, function_settings, secret_files

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# -- Where we run ------------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
LOCAL = DEBUG or DEMO
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}" if LOCAL else "").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Cognito sign-in")  # in every page's header and title
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
TRUSTED_PROXY = env.bool("TRUSTED_PROXY", False)  # a proxy in front of us sets X-Forwarded-Proto

_SECRETS = DATA_DIR / "secrets" if LOCAL else None
SECRET_KEY = secret_files.read("SECRET_KEY", folder=_SECRETS)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

RECAPTCHA_DOMAIN = env.str("RECAPTCHA_DOMAIN", "www.google.com")  # django-recaptcha's name for it

# -- The user pool -----------------------------------------------------------------------------------------------
# "cognito" is a real pool. "embedded" is flows.pool: the default on a laptop without COGNITO_USER_POOL_ID, and in
# production only when it is named here.
COGNITO_USER_POOL_ID = env.str("COGNITO_USER_POOL_ID", "")
COGNITO_CLIENT_ID = env.str("COGNITO_CLIENT_ID", "")
COGNITO_CLIENT_SECRET = secret_files.given("COGNITO_CLIENT_SECRET")
COGNITO_ENDPOINT_URL = env.str("COGNITO_ENDPOINT_URL", "")  # only for another emulator; AWS needs none
USER_POOL = env.str("USER_POOL", "embedded" if LOCAL and not COGNITO_USER_POOL_ID else "cognito")
EMBEDDED_POOL = USER_POOL == "embedded"

# Where no session is looked at, though a browser may send its cookie along.
SESSION_FREE_PATHS: list[str] = []

# How the portal reaches its pool: rooms that may not import each other meet here, by dotted path.
COGNITO_CONNECTION = "flows.pool.demo.seed.connection" if EMBEDDED_POOL else "flows.cognito.connection.from_settings"
COGNITO_TRANSPORT = "flows.pool.wire.handle" if EMBEDDED_POOL else ""
DEMO_CONFIG = "flows.pool.demo.views.config_for" if EMBEDDED_POOL and LOCAL else ""  # for the landing page

# -- The demonstration -------------------------------------------------------------------------------------------
# Gallery, playground and docs: for laptops, and wherever somebody switches them on.
DEMONSTRATION = env.bool("DEMONSTRATION", LOCAL)
# The inspector shows what goes over the wire, in browsers that ask for it: of the demo to whoever sits at its machine,
# elsewhere to the users who are named here.
INSPECTOR_USERS: list[str] = env.list("INSPECTOR_USERS", [])
INSPECTOR = bool(INSPECTOR_USERS) or (DEMONSTRATION and EMBEDDED_POOL and LOCAL)
DEMO_GUARD = "flows.pool.protocol.guard.may_see_demo" if EMBEDDED_POOL and LOCAL else ""
# What the playground goes back to, and how it makes everything afresh.
DEMO_AS_MADE, DEMO_RESET = ("flows.pool.demo.seed.as_made", "flows.pool.demo.seed.reset") if DEMO_GUARD else ("", "")
DEMO_STAGE = "flows.playground.staging.open_stage" if DEMO_GUARD else ""  # the gallery sets the pool by it
SIGN_IN_AS = "flows.signin.hint.sign_in_as"  # by which the gallery says who is to sign in
SIGN_OUT = "flows.signin.leaving.sign_out"  # by which the playground ends a session whose user it has changed
INSPECTOR_SWITCH = "flows.inspector.switch.turn" if INSPECTOR else ""
COGNITO_OBSERVER = "flows.inspector.recording.recorder.exchanged" if INSPECTOR else ""
POOL_OBSERVER = "flows.inspector.recording.recorder.happened_inside" if INSPECTOR and EMBEDDED_POOL else ""

if EMBEDDED_POOL:
    POOL_ENDPOINT = env.str("POOL_ENDPOINT", f"{SITE_URL}/cognito-idp")
    SESSION_FREE_PATHS.append(urlsplit(POOL_ENDPOINT).path or "/cognito-idp")
    POOL_REGION = env.str("POOL_REGION", "us-east-1")
    POOL_ALLOWED_NETWORKS = env.list("POOL_ALLOWED_NETWORKS", ["127.0.0.0/8", "::1/128"])
    # The first key seals, all unseal: put a new one in front to rotate.
    POOL_SEALING_KEYS = secret_files.read(
        "POOL_SEALING_KEYS",
        folder=_SECRETS,
        make=lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    ).split(",")
    POOL_ACCESS_KEY_ID = secret_files.read(
        "POOL_ACCESS_KEY_ID", folder=_SECRETS, make=lambda: "AKIALOCAL" + secrets.token_hex(6).upper()[:11]
    )
    POOL_SECRET_ACCESS_KEY = secret_files.read(
        "POOL_SECRET_ACCESS_KEY", folder=_SECRETS, make=lambda: secrets.token_urlsafe(30)
    )
    # How messages reach users: a name of flows.pool.delivery.WAYS, or the dotted path of a function.
    POOL_DELIVERY = {
        "email": env.str("POOL_EMAIL_DELIVERY", "outbox"),
        "sms": env.str("POOL_SMS_DELIVERY", "outbox"),
    }
    # Triggers: functions that run here, by the name in their ARN; every other one is called by the Lambda Invoke API.
    LAMBDA_HANDLERS: Any = function_settings.handlers(env.str("LAMBDA_HANDLERS", ""))
    LAMBDA_ENDPOINT_URL = env.str("LAMBDA_ENDPOINT_URL", "http://127.0.0.1:3001")
    LAMBDA_ENVIRONMENT: Any = function_settings.variables(env.str("LAMBDA_ENVIRONMENT", ""))
    # Of a process, whose threads wait for functions: half of them stay for everything else.
    LAMBDA_MOST_AT_ONCE = env.int("LAMBDA_MOST_AT_ONCE", max(1, env.int("WEB_THREADS", 8) // 2))
    # How codes reach CustomEmailSender and CustomSMSSender: encrypted under the pool's KMSKeyID, or "plain".
    POOL_SENDER_CODES = env.str("POOL_SENDER_CODES", "kms")
    DEMO_TRIGGERS: dict[str, str] = {}  # LambdaConfig of the demo pool: member -> name of the function
    DEMO_DIRECTORY: Path | None = None  # the older directory that the demo writes for its UserMigration function
    if LOCAL and isinstance(LAMBDA_ENVIRONMENT, dict) and isinstance(LAMBDA_HANDLERS, dict):  # else authsite.E016, E019
        DEMO_TRIGGERS = demo_functions.TRIGGERS
        LAMBDA_HANDLERS = demo_functions.HANDLERS | LAMBDA_HANDLERS
        # A file that LAMBDA_ENVIRONMENT names is somebody's own, and nothing writes there.
        DEMO_DIRECTORY = None if "LEGACY_USERS_FILE" in LAMBDA_ENVIRONMENT else DATA_DIR / "legacy_users.json"
        LAMBDA_ENVIRONMENT = (
            demo_functions.environment(
                site_url=SITE_URL,
                site_name=SITE_NAME,
                directory=DEMO_DIRECTORY,
                link_secret=secret_files.read("LINK_SECRET", folder=_SECRETS),
                recaptcha={
                    "RECAPTCHA_PUBLIC_KEY": env.str("RECAPTCHA_PUBLIC_KEY", ""),
                    "RECAPTCHA_PRIVATE_KEY": secret_files.given("RECAPTCHA_PRIVATE_KEY"),
                    "RECAPTCHA_VERSION": env.str("RECAPTCHA_VERSION", ""),
                    "RECAPTCHA_HOSTNAMES": env.str("RECAPTCHA_HOSTNAMES", str(urlsplit(SITE_URL).hostname)),
                    "RECAPTCHA_ACTION": env.str("RECAPTCHA_ACTION", ""),
                    "RECAPTCHA_REQUIRED_SCORE": env.str("RECAPTCHA_REQUIRED_SCORE", ""),
                    "RECAPTCHA_DOMAIN": RECAPTCHA_DOMAIN,
                    "RECAPTCHA_PROXY": env.str("RECAPTCHA_PROXY", ""),
                    "RECAPTCHA_VERIFY_REQUEST_TIMEOUT": env.str("RECAPTCHA_VERIFY_REQUEST_TIMEOUT", ""),
                },
                aws={
                    "AWS_ACCESS_KEY_ID": POOL_ACCESS_KEY_ID,
                    "AWS_SECRET_ACCESS_KEY": POOL_SECRET_ACCESS_KEY,
                    "AWS_DEFAULT_REGION": POOL_REGION,
                },
            )
            | LAMBDA_ENVIRONMENT
        )

# -- Signing in --------------------------------------------------------------------------------------------------
SIGN_IN_FLOWS = env.list(
    "SIGN_IN_FLOWS",
    [
        *("USER_SRP_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_WITH_SRP", "CUSTOM_WITHOUT_SRP"),
        "ADMIN_USER_PASSWORD_AUTH",
    ]
    if EMBEDDED_POOL
    else ["USER_SRP_AUTH"],
)
SESSION_RECHECK_SECONDS = env.int("SESSION_RECHECK_SECONDS", 0 if EMBEDDED_POOL else 60)
TOKEN_REFRESH_LEEWAY_SECONDS = env.int("TOKEN_REFRESH_LEEWAY_SECONDS", 60)
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "landing"
AUTHENTICATION_BACKENDS = ["flows.signin.backend.CognitoBackend"]

# -- Django ------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "authsite",
    "flows",
    *(["flows.pool"] if EMBEDDED_POOL else []),
    *(["flows.inspector"] if INSPECTOR else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *(["flows.pool.http.ahead_of_pages"] if EMBEDDED_POOL else []),
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "flows.signin.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *(["flows.inspector.middleware.recorded"] if INSPECTOR else []),  # before tokens are renewed, which it shows too
    "flows.signin.middleware.fresh_tokens",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "authsite.urls"
WSGI_APPLICATION = "authsite.wsgi.application"
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
                "csp.context_processors.nonce",
                "flows.htmx.page",
                *(["flows.inspector.panel.context"] if INSPECTOR else []),
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False  # Cognito clients post to the URL verbatim and do not follow redirects
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # bytes, and how much authsite.worker collects before it gives a thread
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# -- Mail ----------------------------------------------------------------------------------------------------------
_MAIL = dj_email_url.parse(secret_files.given("EMAIL_URL") or "smtp://localhost:25")
EMAIL_BACKEND = _MAIL.get("EMAIL_BACKEND", "")
EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_HOST"], _MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"], _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL["EMAIL_USE_TLS"], _MAIL["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = _MAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 10  # seconds; without one a silent mail server would keep a thread for ever
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# -- Storage -----------------------------------------------------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "authsite.sqlite"  # Django's, with a queue for writers
    # IMMEDIATE: a transaction that reads and then writes must wait for its turn instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000;",
    }
    # A file for the tests too: threads cannot share SQLite's memory without table locks that no file has.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "authsite.static_files.Storage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]

# -- Cookies, headers --------------------------------------------------------------------------------------------
_PREFIX = "" if LOCAL else "__Host-"
SESSION_ENGINE = "flows.signin.sessions"
SESSION_SERIALIZER = "flows.signin.sessions.SealedSerializer"
SESSION_COOKIE_NAME = f"{_PREFIX}session"
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", 12 * 60 * 60)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_FAILURE_VIEW = "flows.signin.errors.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not LOCAL)
SECURE_HSTS_SECONDS = 0 if LOCAL else env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS for subdomains: their owner's decision
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # botocore prints whole requests, passwords included, at DEBUG (T154).
        **{name: {"level": "WARNING"} for name in ("botocore", "boto3", "urllib3")},
        # It warns of every 400 and 404; what of that matters, the pool and the portal log in words of their own.
        "django.request": {"level": "ERROR"},
    },
}
