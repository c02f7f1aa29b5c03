"""PreTokenGeneration: claims of one's own in the tokens, from groups and attributes.

Environment: ``TOKEN_CLAIMS`` (``department=custom:department,tier=custom:tier``: claim and the attribute it comes from,
left out when the user has none); ``TOKEN_GROUPS_CLAIM`` (``groups``: a claim with the names of the user's groups);
``TOKEN_GROUP_SCOPES`` (``editors=site/write``: a scope for the members of a group, in access tokens).
Event: ``request.groupConfiguration``; ``version`` tells which ``response`` is meant. "1" changes ID tokens, and a
claim is a string there; "2" and "3" change access tokens too, and a claim may be a list.
Source: developer guide, "Pre token generation Lambda trigger".
"""

from typing import Any

from flows.triggers import environment
from flows.triggers.events import Context, Event, attributes_of, respond


def handler(event: Event, context: Context) -> Event:
    """Claims that the environment names, in ID tokens and, where the event can, in access tokens."""
    groups = (event["request"].get("groupConfiguration") or {}).get("groupsToOverride") or []
    attributes = attributes_of(event)
    claims = {
        claim: attributes[name] for claim, name in environment.pairs("TOKEN_CLAIMS").items() if attributes.get(name)
    }
    groups_claim = environment.text("TOKEN_GROUPS_CLAIM", "")
    if event["version"] == "1":
        return respond(event, claimsOverrideDetails=_details(claims, groups_claim, " ".join(groups)))
    details = _details(claims, groups_claim, groups)
    scopes = [scope for group, scope in environment.pairs("TOKEN_GROUP_SCOPES").items() if group in groups]
    return respond(
        event,
        claimsAndScopeOverrideDetails={
            "idTokenGeneration": details,
            "accessTokenGeneration": {**details, "scopesToAdd": scopes},
        },
    )


def _details(claims: dict[str, str], groups_claim: str, groups: str | list[str]) -> dict[str, Any]:
    return {"claimsToAddOrOverride": {**claims, **({groups_claim: groups} if groups_claim else {})}}
