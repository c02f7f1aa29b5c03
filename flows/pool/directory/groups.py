"""Groups of a pool, and what membership says in tokens."""

from typing import Any

from flows.pool import lookup
from flows.pool.errors.users import no_such_group
from flows.pool.models import Group, PoolUser, UserPool

MOST = 10_000  # groups of a pool (developer guide, quotas)


def find(pool: UserPool, name: str) -> Group:
    """The group, or ResourceNotFoundException."""
    group = pool.groups.filter(name=name).first()
    if group is None:
        raise no_such_group()
    return group


def describe(group: Group) -> dict[str, Any]:
    """GroupType."""
    return {
        "GroupName": group.name,
        "UserPoolId": group.pool_id,
        "Description": group.description or None,
        "RoleArn": group.role_arn or None,
        "Precedence": group.precedence,
        "LastModifiedDate": group.modified_at,
        "CreationDate": group.created_at,
    }


def claims(user: PoolUser) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both tokens say of a user's groups, and what only the ID token says."""
    if not lookup.every(Group.users.through, pooluser_id=user.pk):  # as most users
        return {}, {}
    rows = list(user.groups.order_by("name").values_list("name", "role_arn", "precedence"))
    ranked = [(_rank(precedence), arn) for _, arn, precedence in rows if arn]
    both = {"cognito:groups": [name for name, _, _ in rows]} if rows else {}
    if not ranked:
        return both, {}
    best = min(rank for rank, _ in ranked)
    preferred = {arn for rank, arn in ranked if rank == best}
    roles: dict[str, Any] = {"cognito:roles": list(dict.fromkeys(arn for _, arn in ranked))}
    if len(preferred) == 1:  # of equal groups with different roles none is preferred
        roles["cognito:preferred_role"] = preferred.pop()
    return both, roles


def _rank(precedence: int | None) -> float:
    """Lower goes first; a group without precedence comes after every other."""
    return float("inf") if precedence is None else precedence
