"""botocore's own model of the service, which says what operations there are and what a request must look like.

The copy inside the installed botocore is read, never one from ``~/.aws/models``: a developer's overrides for another
service must not change what the pool accepts.
"""

from functools import cache

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

SERVICE = "cognito-idp"


@cache
def service() -> ServiceModel:
    loader = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    return ServiceModel(loader.load_service_model(SERVICE, "service-2"), SERVICE)


@cache
def _operations() -> dict[str, OperationModel]:
    model = service()
    return {name: model.operation_model(name) for name in model.operation_names}


def find(operation: str) -> OperationModel | None:
    """The model of an operation by its name, or None."""
    return _operations().get(operation)


def all_operations() -> list[OperationModel]:
    """Every operation of the service, by name."""
    return [_operations()[name] for name in sorted(_operations())]


def is_public(operation: OperationModel) -> bool:
    """Does the model say ``authtype: none``, so that no AWS credentials are needed?"""
    return bool(operation.auth_type == "none")


def target_prefix() -> str:
    """What stands before the dot in X-Amz-Target."""
    return str(service().metadata["targetPrefix"])
