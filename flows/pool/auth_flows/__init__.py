"""One file per AuthFlow; this table is the whole of what InitiateAuth and AdminInitiateAuth can start.

A module has ``CLIENT_SETTING`` (the ExplicitAuthFlows value that allows it), ``NOT_ENABLED`` (Cognito's text when the
client does not), ``REQUIRED`` (AuthParameters) and ``start(attempt, parameters, tools) -> Outcome``.
"""

from collections.abc import Mapping
from typing import Protocol, cast

from flows.pool.attempt import Attempt
from flows.pool.auth_flows import (
    admin_user_password_auth,
    custom_auth,
    refresh_token_auth,
    user_auth,
    user_password_auth,
    user_srp_auth,
)
from flows.pool.outcomes import Outcome
from flows.pool.tools import Tools
from flows.terms import AuthFlow


class AuthFlowModule(Protocol):
    CLIENT_SETTING: str
    NOT_ENABLED: str
    REQUIRED: tuple[str, ...]

    def start(self, attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome: ...


# What each API may start (section 2.1 of the protocol notes); the older names are the same flow.
PUBLIC = cast(
    Mapping[AuthFlow, AuthFlowModule],
    {
        AuthFlow.USER_SRP_AUTH: user_srp_auth,
        AuthFlow.USER_PASSWORD_AUTH: user_password_auth,
        AuthFlow.USER_AUTH: user_auth,
        AuthFlow.CUSTOM_AUTH: custom_auth,
        AuthFlow.REFRESH_TOKEN_AUTH: refresh_token_auth,
        AuthFlow.REFRESH_TOKEN: refresh_token_auth,
    },
)
ADMIN = cast(
    Mapping[AuthFlow, AuthFlowModule],
    {
        AuthFlow.USER_SRP_AUTH: user_srp_auth,
        AuthFlow.USER_AUTH: user_auth,
        AuthFlow.CUSTOM_AUTH: custom_auth,
        AuthFlow.ADMIN_USER_PASSWORD_AUTH: admin_user_password_auth,
        AuthFlow.ADMIN_NO_SRP_AUTH: admin_user_password_auth,
        AuthFlow.REFRESH_TOKEN_AUTH: refresh_token_auth,
        AuthFlow.REFRESH_TOKEN: refresh_token_auth,
    },
)
