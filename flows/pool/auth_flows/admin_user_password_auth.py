"""ADMIN_USER_PASSWORD_AUTH and its older name ADMIN_NO_SRP_AUTH: a server that signs its calls sends the password."""

from flows.pool.factors.password import start

CLIENT_SETTING = "ALLOW_ADMIN_USER_PASSWORD_AUTH"
NOT_ENABLED = "Auth flow not enabled for this client"
REQUIRED = ("USERNAME", "PASSWORD")

__all__ = ["CLIENT_SETTING", "NOT_ENABLED", "REQUIRED", "start"]
