"""botocore's service model as the judge of everything that passes through the wire in the tests.

``tests/conftest.py`` puts ``handle`` in the place of the wire, so that each boto3 call of each test is also a test that
the answer has the shape that the model gives the operation, and that a refusal is one that the operation declares.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import regex
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape
from botocore.validate import ParamValidator

from flows.pool import wire

TRANSPORT = "tests.judge.handle"
SERVICE = ServiceModel(Loader().load_service_model("cognito-idp", "service-2"), "cognito-idp")

# What AWS's front end answers before the service is asked; no model declares it.
FRONT_END = {
    "ForbiddenException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "RequestEntityTooLargeException",
    "SerializationException",
    "UnknownOperationException",
    "UnrecognizedClientException",
}

# Where live answers break the published model: "phone_number_verified" has 21 characters, the model allows 20.
LONGER_THAN_THE_MODEL = {"CustomAttributeNameType"}


def handle(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """The wire, judged."""
    status, headers, body = wire.handle(**request)
    target = next((value for name, value in request["headers"].items() if name.lower() == "x-amz-target"), "")
    name = target.rpartition(".")[2]
    if name in SERVICE.operation_names:
        judge(SERVICE.operation_model(name), status, headers, body)
    return status, headers, body


def judge(operation: OperationModel, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Raise AssertionError for an answer that Cognito's model does not allow."""
    answer = json.loads(body)
    assert headers["Content-Type"] == "application/x-amz-json-1.1"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["x-amzn-requestid"]
    faults = list(_output_faults(operation, answer) if status == 200 else _refusal_faults(operation, status, answer))
    assert not faults, f"{operation.name} answered {status}: {'; '.join(faults)}"
    if status != 200:
        assert headers["x-amzn-errortype"] == f"{answer['__type']}:"


def _refusal_faults(operation: OperationModel, status: int, answer: Mapping[str, Any]) -> Iterator[str]:
    if status == 500:
        yield "an internal error: see the log"
    if set(answer) != {"__type", "message"}:
        yield f"members {sorted(answer)}"
    declared = {shape.name for shape in operation.error_shapes}
    if answer.get("__type") not in declared | FRONT_END:
        yield f"{answer.get('__type')} is not declared for it"


def _output_faults(operation: OperationModel, answer: Mapping[str, Any]) -> Iterator[str]:
    shape = operation.output_shape
    if shape is None:
        if answer:
            yield "a body where the model has none"
        return
    report = ParamValidator().validate(_with_moments(shape, answer), shape)  # unknown members, types, required, least
    if report.has_errors():
        yield report.generate_report()
    else:
        yield from _value_faults(shape, answer, operation.name)


def _value_faults(shape: Shape, value: Any, place: str) -> Iterator[str]:
    """What botocore does not check: greatest lengths, enums, patterns."""
    most = None if shape.name in LONGER_THAN_THE_MODEL else shape.metadata.get("max")
    if most is not None and (value if shape.type_name in ("integer", "long") else len(value)) > most:
        yield f"{place} is longer or greater than {most}"
    if shape.metadata.get("enum") and value not in shape.metadata["enum"]:
        yield f"{place} is none of {shape.metadata['enum']}: {value}"
    if shape.metadata.get("pattern") and not regex.fullmatch(shape.metadata["pattern"], value):
        yield f"{place} does not match {shape.metadata['pattern']}"
    for inner, item, where in _parts(shape, value, place):
        yield from _value_faults(inner, item, where)


def _parts(shape: Shape, value: Any, place: str) -> Iterator[tuple[Shape, Any, str]]:
    if isinstance(shape, StructureShape) and not shape.is_document_type:
        yield from ((shape.members[name], item, f"{place}.{name}") for name, item in value.items())
    elif isinstance(shape, ListShape):
        yield from ((shape.member, item, f"{place}[{number}]") for number, item in enumerate(value))
    elif isinstance(shape, MapShape):
        yield from ((shape.value, item, f"{place}.{name}") for name, item in value.items())


def _with_moments(shape: Shape, value: Any) -> Any:
    """``value`` with epoch seconds as datetimes, which is what botocore's validator wants of a timestamp."""
    if shape.type_name == "timestamp":
        assert isinstance(value, int | float), f"a moment must be a number, not {value!r}"
        return datetime.fromtimestamp(value, UTC)
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        return {n: _with_moments(members[n], item) if n in members else item for n, item in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_with_moments(shape.member, item) for item in value]
    return value
