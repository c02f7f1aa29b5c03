"""What is wrong with the settings, in words, before the first request: Django system checks ``authsite.E...``.

``manage.py`` runs them by itself; ``authsite.wsgi`` and ``authsite.asgi`` call ``refuse_to_start_if_broken``, because a
server that starts misconfigured is found by somebody else first (T151, T153). docs/settings.md explains each id.
"""

import base64
import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from authsite import function_settings
from flows.pool import delivery
from flows.signin import entries

_POOL_ID = re.compile(r"[\w-]+_[0-9a-zA-Z]+", re.ASCII)
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d", re.ASCII)
_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")
_LOCAL_NAMES = {"localhost", "127.0.0.1", "[::1]", "::1", ".localhost", "testserver"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that may be wrong."""

    id: str
    is_broken: Callable[[], bool]
    text: str
    hint: str

    @property
    def message(self) -> checks.CheckMessage:
        kind = checks.Error if ".E" in self.id else checks.Warning
        return kind(self.text, hint=self.hint, id=self.id)


def _both_pools() -> bool:
    return bool(settings.EMBEDDED_POOL and (settings.COGNITO_USER_POOL_ID or settings.COGNITO_CLIENT_ID))


def _no_pool() -> bool:
    return not settings.EMBEDDED_POOL and not (settings.COGNITO_USER_POOL_ID and settings.COGNITO_CLIENT_ID)


def _malformed_pool_id() -> bool:
    return bool(settings.COGNITO_USER_POOL_ID) and not _POOL_ID.fullmatch(settings.COGNITO_USER_POOL_ID)


def _malformed_endpoint() -> bool:
    if not settings.EMBEDDED_POOL:
        return False
    parts = urlsplit(settings.POOL_ENDPOINT)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.path.strip("/")
    return not is_whole or bool(parts.query or parts.fragment) or settings.POOL_ENDPOINT.endswith("/")


def _malformed_networks() -> bool:
    if not settings.EMBEDDED_POOL:
        return False
    try:
        return not [ipaddress.ip_network(text) for text in settings.POOL_ALLOWED_NETWORKS]
    except ValueError:
        return True


def _weak_sealing_keys() -> bool:
    if not settings.EMBEDDED_POOL:
        return False
    try:
        keys = [base64.urlsafe_b64decode(text) for text in settings.POOL_SEALING_KEYS]
    except ValueError:
        return True
    return len(set(keys)) < len(keys) or any(len(key) != 32 or len(set(key)) < 8 for key in keys)


def _weak_access_key() -> bool:
    if not settings.EMBEDDED_POOL:
        return False
    return len(settings.POOL_ACCESS_KEY_ID) < 16 or len(settings.POOL_SECRET_ACCESS_KEY) < 32


def _shared_secrets() -> bool:
    secrets = [settings.SECRET_KEY]
    if settings.EMBEDDED_POOL:
        secrets += [settings.POOL_SECRET_ACCESS_KEY, *settings.POOL_SEALING_KEYS]
    return len(set(secrets)) < len(secrets)


def _reachable_demo() -> bool:
    return bool(settings.DEMO) and not _LOCAL_NAMES.issuperset(settings.ALLOWED_HOSTS)


def _unknown_delivery() -> bool:
    if not settings.EMBEDDED_POOL:
        return False
    try:
        return not all(callable(delivery.find(medium, way)) for medium, way in settings.POOL_DELIVERY.items())
    except (ImportError, ValueError):
        return True


def _messages_reach_nobody() -> bool:
    if not settings.EMBEDDED_POOL or settings.LOCAL:
        return False
    return delivery.OUTBOX in settings.POOL_DELIVERY.values()


RULES = (
    Rule(
        id="authsite.E001",
        is_broken=lambda: settings.USER_POOL not in ("embedded", "cognito"),
        text="USER_POOL names no kind of user pool.",
        hint='It is "cognito" for a real pool or "embedded" for the pool that comes with this project.',
    ),
    Rule(
        id="authsite.E002",
        is_broken=_both_pools,
        text="Two user pools are configured: USER_POOL=embedded, and a real one by COGNITO_USER_POOL_ID.",
        hint="Unset one of them; tokens of the one must never be good for the other.",
    ),
    Rule(
        id="authsite.E003",
        is_broken=_no_pool,
        text="No user pool is configured.",
        hint=(
            "Set COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID. DEMO=1 brings the embedded pool on a laptop; elsewhere it "
            "runs only when USER_POOL=embedded names it."
        ),
    ),
    Rule(
        id="authsite.E004",
        is_broken=_malformed_pool_id,
        text="COGNITO_USER_POOL_ID is not the id of a user pool.",
        hint="It looks like eu-central-1_AbCdEfGhI: the region, an underscore, the pool's name.",
    ),
    Rule(
        id="authsite.E005",
        is_broken=_malformed_endpoint,
        text="POOL_ENDPOINT is not the address at which clients reach the embedded pool.",
        hint="It is an absolute http(s) URL with a path and no trailing slash; by default SITE_URL + /cognito-idp.",
    ),
    Rule(
        id="authsite.E006",
        is_broken=_malformed_networks,
        text="POOL_ALLOWED_NETWORKS is not a list of networks.",
        hint="For example 127.0.0.0/8,::1/128,10.1.0.0/16.",
    ),
    Rule(
        id="authsite.E007",
        is_broken=_weak_sealing_keys,
        text="POOL_SEALING_KEYS are not different, random keys of 32 bytes.",
        hint='python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())" makes one.',
    ),
    Rule(
        id="authsite.E008",
        is_broken=_weak_access_key,
        text="POOL_ACCESS_KEY_ID or POOL_SECRET_ACCESS_KEY is too short.",
        hint="At least 16 and 32 characters; the secret must be random.",
    ),
    Rule(
        id="authsite.E009",
        is_broken=_shared_secrets,
        text="One secret is used for two purposes.",
        hint="SECRET_KEY, POOL_SECRET_ACCESS_KEY and each of POOL_SEALING_KEYS need values of their own.",
    ),
    Rule(
        id="authsite.E010",
        is_broken=lambda: len(settings.SECRET_KEY) < 32,
        text="SECRET_KEY is too short.",
        hint="Use at least 50 random characters.",
    ),
    Rule(
        id="authsite.E011",
        is_broken=lambda: settings.EMBEDDED_POOL and not _REGION.fullmatch(settings.POOL_REGION),
        text="POOL_REGION is not the name of a region.",
        hint="For example eu-central-1; clients read it from the pool id.",
    ),
    Rule(
        id="authsite.E012",
        is_broken=lambda: len(entries.offered()) != len(settings.SIGN_IN_FLOWS) or not settings.SIGN_IN_FLOWS,
        text="SIGN_IN_FLOWS names a flow that the sign-in page does not have, or none.",
        hint=f"It is a list of {', '.join(entry.name for entry in entries.ENTRIES)}.",
    ),
    Rule(
        id="authsite.E013",
        is_broken=_unknown_delivery,
        text="POOL_EMAIL_DELIVERY or POOL_SMS_DELIVERY names no way to send a message.",
        hint=f"E-mail: {', '.join(delivery.WAYS['email'])}. SMS: {', '.join(delivery.WAYS['sms'])}. Or a dotted path.",
    ),
    Rule(
        id="authsite.E014",
        is_broken=lambda: not settings.EMAIL_BACKEND,
        text="EMAIL_URL is of an unknown kind.",
        hint="submission://user:password@host:587 uses STARTTLS, smtp://user:password@host:465/?ssl=True uses TLS.",
    ),
    Rule(
        id="authsite.E015",
        is_broken=lambda: settings.EMBEDDED_POOL and settings.POOL_SENDER_CODES not in ("kms", "plain"),
        text="POOL_SENDER_CODES names no way to hand a code to a function.",
        hint='It is "kms", encrypted as on AWS, or "plain".',
    ),
    Rule(
        id="authsite.E016",
        is_broken=lambda: settings.EMBEDDED_POOL and not function_settings.are_variables(settings.LAMBDA_ENVIRONMENT),
        text="LAMBDA_ENVIRONMENT is not a JSON object of text.",
        hint='For example {"CHALLENGES": "password,captcha"}.',
    ),
    Rule(
        id="authsite.E017",
        is_broken=lambda: not _HOST.fullmatch(settings.RECAPTCHA_DOMAIN),
        text="RECAPTCHA_DOMAIN is not the name of a host.",
        hint="www.google.com or www.recaptcha.net; it stands in the policy of the page that asks for a reCAPTCHA.",
    ),
    Rule(
        id="authsite.E018",
        is_broken=lambda: settings.EMBEDDED_POOL and not function_settings.is_endpoint(settings.LAMBDA_ENDPOINT_URL),
        text="LAMBDA_ENDPOINT_URL is not the address of a Lambda Invoke API.",
        hint="It is an absolute http(s) URL without a query, for example http://127.0.0.1:3001.",
    ),
    Rule(
        id="authsite.E019",
        is_broken=lambda: settings.EMBEDDED_POOL and not function_settings.are_handlers(settings.LAMBDA_HANDLERS),
        text="LAMBDA_HANDLERS is not a list of functions and the dotted paths of their handlers.",
        hint="For example define=my.module.handler,create=my.other.handler.",
    ),
    Rule(
        id="authsite.E020",
        is_broken=lambda: settings.EMBEDDED_POOL and settings.LAMBDA_MOST_AT_ONCE < 1,
        text="LAMBDA_MOST_AT_ONCE lets no function be called.",
        hint="It is a number of at least 1, by default half of WEB_THREADS.",
    ),
    Rule(
        id="authsite.W001",
        is_broken=lambda: settings.EMBEDDED_POOL and not settings.LOCAL,
        text="The embedded pool runs outside of a demo.",
        hint="It was asked for by name. It is made for development and tests: keep strangers away from it.",
    ),
    Rule(
        id="authsite.W002",
        is_broken=_reachable_demo,
        text="The demo answers to names other than localhost.",
        hint="DEMO=1 is for one laptop: no HTTPS, cookies without Secure, secrets in files. Unset ALLOWED_HOSTS.",
    ),
    Rule(
        id="authsite.W003",
        is_broken=_messages_reach_nobody,
        text="The embedded pool keeps messages in an outbox that only the demo shows: codes reach nobody.",
        hint="POOL_EMAIL_DELIVERY=mail with EMAIL_URL sends e-mail, POOL_SMS_DELIVERY=sns sends text messages.",
    ),
)


def broken() -> list[checks.CheckMessage]:
    """A message for each rule that the settings break."""
    return [rule.message for rule in RULES if rule.is_broken()]


@checks.register(checks.Tags.security)
def check_settings(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    return broken()


@checks.register(checks.Tags.database)
def check_relying_parties(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """A passkey belongs to a domain and all below it: one made for the parent of this site signs in to its other sites
    too, and they can ask for it (T109). The id stands in the pool, so ``migrate`` asks, and ``check --database``."""
    if not databases or not settings.EMBEDDED_POOL:
        return []
    host = urlsplit(settings.SITE_URL).hostname or ""
    pools = apps.get_model("pool", "UserPool")._default_manager  # this module is read before there are models
    try:
        parties = [(pool.pk, pool.setting("WebAuthnConfiguration", "RelyingPartyId")) for pool in pools.all()]
    except DatabaseError:  # before the first migration
        return []
    return [
        checks.Warning(
            f"Passkeys of pool {pool_id} belong to {relying_party}, which {host} shares with other sites.",
            hint="Give each site, staging and production above all, a relying party of its own: its full host name.",
            id="authsite.W004",
        )
        for pool_id, relying_party in parties
        if relying_party and host.endswith(f".{relying_party}")
    ]


def refuse_to_start_if_broken() -> None:
    """Raise ImproperlyConfigured that lists every error; warnings do not count."""
    if errors := [message for message in broken() if message.is_serious()]:
        raise ImproperlyConfigured("\n".join(str(message) for message in errors))
