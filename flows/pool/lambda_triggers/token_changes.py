"""What PreTokenGeneration changes in tokens (section 6.3 of the protocol notes; developer guide, "Pre token
generation").

V1 adds text claims to the ID token and overrides groups; V2 and V3 change both tokens, with any kind of value, and the
scopes. Some claims are Cognito's own and stay as they are, whatever a function says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.pool.errors.triggers import invalid_lambda_response

SCOPE = "aws.cognito.signin.user.admin"
MEMBER = {"1": "claimsOverrideDetails", "2": "claimsAndScopeOverrideDetails", "3": "claimsAndScopeOverrideDetails"}

_FIXED = frozenset(
    {
        *(
            "acr",
            "amr",
            "at_hash",
            "aud",
            "auth_time",
            "azp",
            "client_id",
            "cognito:username",
            "device_key",
            "event_id",
        ),
        *("exp", "iat", "identities", "iss", "jti", "nbf", "nonce", "origin_jti", "sub", "token_use", "username"),
        "version",
    }
)
_GROUPS = frozenset({"cognito:groups", "cognito:roles", "cognito:preferred_role"})  # may be suppressed, with the groups
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Of one token's claims."""

    add: Mapping[str, Any] = field(default_factory=dict)
    suppress: frozenset[str] = frozenset()

    def of(self, claims: Claims) -> Claims:
        kept = {name: value for name, value in claims.items() if name not in self.suppress or not _may_suppress(name)}
        if "cognito:groups" in self.suppress:
            kept = {name: value for name, value in kept.items() if name not in _GROUPS}
        return kept | {name: value for name, value in self.add.items() if _may_add(name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenChanges:
    """Of both tokens. ``groups``, ``roles`` and ``preferred_role`` replace the user's own where they are not None."""

    id_token: Changes = Changes()
    access_token: Changes = Changes()
    scopes_to_add: tuple[str, ...] = ()
    scopes_to_suppress: frozenset[str] = frozenset()
    groups: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    preferred_role: str | None = None

    def groups_of(self, membership: Claims, roles: Claims) -> tuple[Claims, Claims]:
        """The claims that groups make, for both tokens and for the ID token only, after the override."""
        if self.groups is not None:
            membership = {"cognito:groups": list(self.groups)} if self.groups else {}
        if self.roles is not None:
            roles = {"cognito:roles": list(self.roles)} if self.roles else {}
            if self.preferred_role:
                roles["cognito:preferred_role"] = self.preferred_role
        return membership, roles

    def of_id(self, claims: Claims) -> Claims:
        return self.id_token.of(claims)

    def of_access(self, claims: Claims) -> Claims:
        kept = [each for each in str(claims["scope"]).split() if each not in self.scopes_to_suppress]
        scopes = dict.fromkeys([*kept, *self.scopes_to_add])
        return self.access_token.of(claims) | {"scope": " ".join(scopes)}


NONE = TokenChanges()


def read(details: Mapping[str, Any] | None, *, version: str) -> TokenChanges:
    """A function's answer. Raises InvalidLambdaResponseException for members of another form: in V1 every value that is
    added must be text."""
    if not details:
        return NONE
    groups = _map(details, "groupOverrideDetails")
    overridden: dict[str, Any] = {
        "groups": _texts(groups, "groupsToOverride"),
        "roles": _texts(groups, "iamRolesToOverride"),
        "preferred_role": _text(groups, "preferredRole"),
    }
    if version == "1":
        return TokenChanges(id_token=_changes(details, text_only=True), **overridden)
    access = _map(details, "accessTokenGeneration")
    return TokenChanges(
        id_token=_changes(_map(details, "idTokenGeneration")),
        access_token=_changes(access),
        scopes_to_add=_scopes(access),
        scopes_to_suppress=frozenset(_texts(access, "scopesToSuppress") or ()),
        **overridden,
    )


def _changes(details: Mapping[str, Any], *, text_only: bool = False) -> Changes:
    add = _map(details, "claimsToAddOrOverride")
    if text_only and not all(isinstance(value, str) for value in add.values()):
        raise invalid_lambda_response()
    return Changes(add=add, suppress=frozenset(_texts(details, "claimsToSuppress") or ()))


def _scopes(details: Mapping[str, Any]) -> tuple[str, ...]:
    """One with a blank in it would be two (RFC 6749 section 3.3)."""
    scopes = _texts(details, "scopesToAdd") or ()
    if not all(scope.isprintable() and len(scope.split()) == 1 and scope.strip() == scope for scope in scopes):
        raise invalid_lambda_response()
    return scopes


def _text(details: Mapping[str, Any], name: str) -> str | None:
    value = details.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid_lambda_response()
    return value


def _map(details: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = details.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid_lambda_response()
    return value


def _texts(details: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    value = details.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise invalid_lambda_response()
    return tuple(value)


def _may_add(name: str) -> bool:
    return name not in _FIXED and not name.startswith(("cognito:", "dev:"))


def _may_suppress(name: str) -> bool:
    return name not in _FIXED and (not name.startswith("cognito:") or name in _GROUPS)
