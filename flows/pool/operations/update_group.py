"""UpdateGroup: what the request names changes, the rest stays ("updates any of the properties", API reference)."""

from flows.pool import pools
from flows.pool.directory import groups
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateGroup"

_COLUMN = {"Description": "description", "RoleArn": "role_arn", "Precedence": "precedence"}


def perform(request: Request, call: Call) -> Response:
    group = groups.find(pools.get(request["UserPoolId"]), request["GroupName"])
    changed = {column: request[member] for member, column in _COLUMN.items() if member in request}
    for column, value in {**changed, "modified_at": call.tools.now()}.items():
        setattr(group, column, value)
    group.save(update_fields=[*changed, "modified_at"])
    return {"Group": groups.describe(group)}
