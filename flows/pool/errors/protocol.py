"""Refusals before an operation sees the request, and of page tokens that it cannot read."""

from flows.pool.errors import PoolError, invalid_parameter


def serialization(message: str) -> PoolError:
    return PoolError("SerializationException", message)


def unknown_operation(message: str) -> PoolError:
    return PoolError("UnknownOperationException", message)


def too_large() -> PoolError:
    return PoolError("RequestEntityTooLargeException", "The request body is too large.", status=413)


def method_not_allowed(methods: str) -> PoolError:
    return PoolError("MethodNotAllowedException", f"Allowed here: {methods}.", status=405)


def nothing_here() -> PoolError:
    return PoolError("NotFoundException", "There is nothing here.", status=404)


def forbidden() -> PoolError:
    """Cognito's code for what a web firewall refuses."""
    return PoolError("ForbiddenException", "The embedded pool does not answer this address.", status=403)


def internal_error() -> PoolError:
    return PoolError("InternalErrorException", "Something went wrong", status=500)


def invalid_pagination_token() -> PoolError:
    return invalid_parameter("Paging Marker is Invalid for Request")
