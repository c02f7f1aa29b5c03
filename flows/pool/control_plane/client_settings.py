"""What an app client's settings may not say, beyond what the service model holds: members that contradict each other.

The texts for which docs/protocol/errors.md says "no live text known" are ours; clients match on the code.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flows.pool.control_plane import resource_servers
from flows.pool.directory import schema
from flows.pool.errors import invalid_parameter
from flows.pool.errors.clients import secret_needed_for_client_credentials
from flows.pool.models import UserPool

# Kept and described back; nothing in this pool acts on them yet.
STORED_ONLY = frozenset(
    {
        *("SupportedIdentityProviders", "CallbackURLs", "LogoutURLs", "DefaultRedirectURI", "AllowedOAuthFlows"),
        *("AllowedOAuthScopes", "AllowedOAuthFlowsUserPoolClient", "AnalyticsConfiguration"),
        *("EnablePropagateAdditionalUserContextData",),
    }
)

_UNIT = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}
# member, unit's member, default unit, least, most (section 8.3 of the protocol notes)
_VALIDITIES = (
    ("AccessTokenValidity", "AccessToken", "hours", timedelta(minutes=5), timedelta(days=1)),
    ("IdTokenValidity", "IdToken", "hours", timedelta(minutes=5), timedelta(days=1)),
    ("RefreshTokenValidity", "RefreshToken", "days", timedelta(hours=1), timedelta(days=3650)),
)


def require_consistent(pool: UserPool, settings: Mapping[str, Any], *, has_secret: bool) -> None:
    """Raise InvalidParameterException, InvalidOAuthFlowException or ScopeDoesNotExistException for the first
    contradiction."""
    _require_one_vocabulary(settings.get("ExplicitAuthFlows", []))
    _require_validities(settings)
    _require_declared(pool, settings)
    if settings.get("RefreshTokenRotation", {}).get("Feature") == "ENABLED":
        _refuse_refresh_flow(settings)
    resource_servers.require_scopes(pool, settings.get("AllowedOAuthScopes", []))
    if "client_credentials" in settings.get("AllowedOAuthFlows", []) and not has_secret:
        raise secret_needed_for_client_credentials()
    default = settings.get("DefaultRedirectURI")
    if default is not None and default not in settings.get("CallbackURLs", []):
        raise invalid_parameter("Default redirect URI must be in the list of callback URLs.")


def _require_one_vocabulary(flows: list[str]) -> None:
    """The older names and the ALLOW_ names may not be mixed (section 2.2; text not captured)."""
    if len({flow.startswith("ALLOW_") for flow in flows}) > 1:
        raise invalid_parameter(
            "ExplicitAuthFlows cannot contain values with and without the prefix ALLOW_ at the same time."
        )


def _require_validities(settings: Mapping[str, Any]) -> None:
    units = settings.get("TokenValidityUnits", {})
    for member, unit_member, default_unit, least, most in _VALIDITIES:
        if member not in settings:
            continue
        validity = settings[member] * _UNIT[units.get(unit_member, default_unit)]
        if not least <= validity <= most:
            raise invalid_parameter("Invalid range for token validity.")


def _require_declared(pool: UserPool, settings: Mapping[str, Any]) -> None:
    known = schema.of(pool)
    for member, word in (("ReadAttributes", "read"), ("WriteAttributes", "write")):
        if not known.keys() >= set(settings.get(member, [])):
            raise invalid_parameter(f"Invalid {word} attributes specified while creating a client")


def _refuse_refresh_flow(settings: Mapping[str, Any]) -> None:
    """Rotation and REFRESH_TOKEN_AUTH exclude each other (developer guide, "Refresh tokens"; text not captured)."""
    if "ALLOW_REFRESH_TOKEN_AUTH" in settings.get("ExplicitAuthFlows", []):
        raise invalid_parameter(
            "ALLOW_REFRESH_TOKEN_AUTH cannot be in ExplicitAuthFlows while refresh token rotation is enabled."
        )
