"""Refusals of users, their names, attributes and groups, and of searching them."""

from collections.abc import Sequence

from flows.pool.errors import PoolError, invalid_parameter, not_authorized, not_found


def user_does_not_exist() -> PoolError:
    return PoolError("UserNotFoundException", "User does not exist.")


def user_not_found_here() -> PoolError:
    """For operations that do not declare UserNotFoundException: AdminListDevices, AdminGetDevice."""
    return not_found("User does not exist.")


def user_account_exists() -> PoolError:
    return PoolError("UsernameExistsException", "User account already exists")


def account_with_attribute_exists(attribute: str) -> PoolError:
    return PoolError("UsernameExistsException", f"An account with the given {attribute} already exists.")


def alias_exists(attribute: str) -> PoolError:
    return PoolError("AliasExistsException", f"An account with the given {attribute} already exists.")


def group_exists() -> PoolError:
    return PoolError("GroupExistsException", "A group with the name already exists.")


def no_such_group() -> PoolError:
    return not_found("Group not found.")


def too_many_groups(most: int) -> PoolError:
    """The live text was never captured."""
    return PoolError("LimitExceededException", f"A user pool can have {most} groups.")


def filter_not_understood() -> PoolError:
    return invalid_parameter("Error while parsing filter.")


def not_searchable(attribute: str) -> PoolError:
    return invalid_parameter(f"Invalid search attribute: {attribute}")


def no_such_attributes() -> PoolError:
    return invalid_parameter("One or more requested attributes do not exist in user pool.")


def attribute_not_declared(name: str) -> PoolError:
    return invalid_parameter(
        f"Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined"
    )


def attribute_value(name: str, rule: str) -> PoolError:
    """The rules' live texts were not captured but for "The attribute is required"."""
    return invalid_parameter(f"Attributes did not conform to the schema: {name}: {rule}")


def attribute_required(name: str) -> PoolError:
    return attribute_value(name, "The attribute is required")


def attributes_required(names: Sequence[str]) -> PoolError:
    missing = " ".join(f"{name}: The attribute is required" for name in names)
    return invalid_parameter(f"Attributes did not conform to the schema: {missing}")


def attribute_not_writable() -> PoolError:
    return not_authorized("A client attempted to write unauthorized attribute")


def attribute_not_mutable(name: str) -> PoolError:
    return invalid_parameter(f"user.{name}: Attribute cannot be updated.\n(changing an immutable attribute)")
