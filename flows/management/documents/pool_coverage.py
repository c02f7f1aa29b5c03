"""docs/pool-coverage.md: which operations the embedded pool has, and what becomes of each request member.

The list of operations and members is botocore's service model. A member counts as honoured unless its operation's
module names it in ``STORED_ONLY`` (kept and described back, without effect) or ``IGNORED`` (accepted, nothing kept).
"""

from botocore import __version__ as botocore_version
from botocore.model import OperationModel

from flows.pool.operations import MODULES
from flows.pool.protocol import service_model

PATH = "docs/pool-coverage.md"

_HEAD = """# What the embedded pool implements

Generated from botocore {version}'s service model by `make docs`. **{have} of {all} operations.**

*Honoured* members do what they do on AWS. *Stored only* members are kept and described back without effect. *Ignored*
members are accepted, as clients send them, and dropped. An operation that is missing answers
`UnknownOperationException` and names itself.

| operation | signed | honoured | stored only | ignored |
|---|---|---|---|---|
"""


def text() -> str:
    modules = {module.NAME: module for module in MODULES}
    operations = service_model.all_operations()
    have = [operation for operation in operations if operation.name in modules]
    lines = [_row(operation, modules[operation.name]) for operation in have]
    missing = [operation.name for operation in operations if operation.name not in modules]
    head = _HEAD.format(version=botocore_version, have=len(have), all=len(operations))
    return head + "\n".join(lines) + "\n\n## Not implemented\n\n" + ", ".join(missing) + "\n"


def _row(operation: OperationModel, module: object) -> str:
    stored = frozenset(getattr(module, "STORED_ONLY", ()))
    ignored = frozenset(getattr(module, "IGNORED", ()))
    members = list(operation.input_shape.members) if operation.input_shape else []
    unknown = (stored | ignored) - set(members)
    if unknown:
        raise ValueError(f"{operation.name} has no member {', '.join(sorted(unknown))}.")
    cells = (
        [name for name in members if name not in stored | ignored],
        [name for name in members if name in stored],
        [name for name in members if name in ignored],
    )
    signed = "no" if service_model.is_public(operation) else "yes"
    return f"| {operation.name} | {signed} | " + " | ".join(", ".join(names) for names in cells) + " |"
