"""CreateGroup: a group, with a role for identity pools and a place in the order of groups."""

from django.db import IntegrityError, transaction

from flows.pool import pools
from flows.pool.directory import groups
from flows.pool.errors.users import group_exists, too_many_groups
from flows.pool.models import Group
from flows.pool.protocol.call import Call, Request, Response

NAME = "CreateGroup"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    if pool.groups.count() >= groups.MOST:
        raise too_many_groups(groups.MOST)
    now = call.tools.now()
    try:
        with transaction.atomic():
            group = Group.objects.create(
                pool=pool,
                name=request["GroupName"],
                description=request.get("Description", ""),
                role_arn=request.get("RoleArn", ""),
                precedence=request.get("Precedence"),
                created_at=now,
                modified_at=now,
            )
    except IntegrityError:
        raise group_exists() from None
    return {"Group": groups.describe(group)}
