"""Refusals of devices."""

from flows.pool.errors import PoolError, invalid_parameter, not_found


def device_does_not_exist() -> PoolError:
    """Amplify and amazon-cognito-identity-js look for this text, forget the device's key and send the answer again."""
    return not_found("Device does not exist.")


def invalid_device_key() -> PoolError:
    return invalid_parameter("Invalid device key given.")


def device_key_exists() -> PoolError:
    """The live text was never captured."""
    return PoolError("DeviceKeyExistsException", "Device already exists.")


def devices_not_tracked() -> PoolError:
    """The live text was never captured."""
    return PoolError("InvalidUserPoolConfigurationException", "Device tracking is not enabled for the user pool.")
