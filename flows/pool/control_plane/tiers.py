"""UserPoolTier: which feature plan has what (section 11 of the protocol notes; developer guide, "Feature plans").

A feature is recognised by a pool's settings, or by an app client's. Only what this pool acts on, or would look away
from silently, stands here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool.errors.pools import not_in_tier, tier_in_use
from flows.pool.models import UserPool

Settings = Mapping[str, Any]
_TIERS = ("LITE", "ESSENTIALS", "PLUS")
_CHOICE = "Choice-based sign-in (USER_AUTH)"


@dataclass(frozen=True, slots=True)
class Feature:
    """``least`` is the lowest tier that has it."""

    name: str
    least: str
    is_used: Callable[[Settings], bool]


def _policy(settings: Settings, name: str, member: str) -> Any:
    return settings.get("Policies", {}).get(name, {}).get(member)


_FEATURES = (
    Feature(
        "Sign-in without a password",
        "ESSENTIALS",
        lambda pool: set(_policy(pool, "SignInPolicy", "AllowedFirstAuthFactors") or ()) - {"PASSWORD"} != set(),
    ),
    Feature("Email MFA", "ESSENTIALS", lambda pool: "EmailMfaConfiguration" in pool),
    Feature("Passkeys", "ESSENTIALS", lambda pool: "WebAuthnConfiguration" in pool),
    Feature(
        "Password history",
        "ESSENTIALS",
        lambda pool: bool(_policy(pool, "PasswordPolicy", "PasswordHistorySize")),
    ),
    Feature(
        "Threat protection",
        "PLUS",
        lambda pool: pool.get("UserPoolAddOns", {}).get("AdvancedSecurityMode", "OFF") != "OFF",
    ),
)


def require(settings: Settings) -> None:
    """Raise FeatureUnavailableInTierException for pool settings that their own UserPoolTier does not have."""
    for feature in _missing(settings):
        raise not_in_tier(feature.name, _tier(settings))


def require_change(pool: UserPool, settings: Settings) -> None:
    """The same for settings that would replace the pool's: a tier that takes away what is in use is
    TierChangeNotAllowedException."""
    tier = _tier(settings)
    if _TIERS.index(tier) < _TIERS.index(_tier(pool.settings)):
        for feature in _missing({**pool.settings, "UserPoolTier": tier}):
            raise tier_in_use(feature.name, tier)
        if tier == "LITE" and any(_uses_choice(client.settings) for client in pool.clients.all()):
            raise tier_in_use(_CHOICE, tier)
    require(settings)


def require_client(pool: UserPool, settings: Settings) -> None:
    """Raise FeatureUnavailableInTierException for an app client that the pool's tier does not have."""
    if _uses_choice(settings):
        require_choice(pool)


def require_choice(pool: UserPool) -> None:
    """Raise FeatureUnavailableInTierException where there is no USER_AUTH."""
    if _tier(pool.settings) == "LITE":
        raise not_in_tier(_CHOICE, "LITE")


def _missing(settings: Settings) -> Iterable[Feature]:
    have = _TIERS.index(_tier(settings))
    return (each for each in _FEATURES if _TIERS.index(each.least) > have and each.is_used(settings))


def _tier(settings: Settings) -> str:
    return str(settings.get("UserPoolTier", "ESSENTIALS"))


def _uses_choice(client_settings: Settings) -> bool:
    return "ALLOW_USER_AUTH" in client_settings.get("ExplicitAuthFlows", ())
