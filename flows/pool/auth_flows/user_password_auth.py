"""USER_PASSWORD_AUTH: the password is sent, so that a migration trigger can see it."""

from flows.pool.factors.password import start

CLIENT_SETTING = "ALLOW_USER_PASSWORD_AUTH"
NOT_ENABLED = "USER_PASSWORD_AUTH flow not enabled for this client"
REQUIRED = ("USERNAME", "PASSWORD")

__all__ = ["CLIENT_SETTING", "NOT_ENABLED", "REQUIRED", "start"]
