"""What the embedded pool remembers. One file per thing; everything secret is sealed or hashed before it gets here."""

from flows.pool.models.clients import AppClient, ClientSecret
from flows.pool.models.codes import ConfirmationCode
from flows.pool.models.demo import Demo
from flows.pool.models.devices import Device
from flows.pool.models.groups import Group
from flows.pool.models.limits import CallCount, SendCount
from flows.pool.models.lockout import PasswordAttempts
from flows.pool.models.outbox import OutboxMessage
from flows.pool.models.passkeys import WebAuthnCredential, WebAuthnRegistration
from flows.pool.models.pools import SigningKey, UserPool
from flows.pool.models.resource_servers import ResourceServer
from flows.pool.models.rounds import AuthSession, SpentSecretBlock
from flows.pool.models.search import SearchKey
from flows.pool.models.software_tokens import SoftwareToken
from flows.pool.models.tokens import RefreshToken
from flows.pool.models.users import PasswordHistory, PoolUser, UserAlias

__all__ = [
    "AppClient",
    "AuthSession",
    "CallCount",
    "ClientSecret",
    "ConfirmationCode",
    "Demo",
    "Device",
    "Group",
    "OutboxMessage",
    "PasswordAttempts",
    "PasswordHistory",
    "PoolUser",
    "RefreshToken",
    "ResourceServer",
    "SearchKey",
    "SendCount",
    "SigningKey",
    "SoftwareToken",
    "SpentSecretBlock",
    "UserAlias",
    "UserPool",
    "WebAuthnCredential",
    "WebAuthnRegistration",
]
