"""CUSTOM_AUTH by every client that knows it, in one shape: begin, then answer whatever is asked until it is DONE."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from tests.clients.client import DONE, NEW_PASSWORD_REQUIRED, Tokens
from tests.clients.nodejs import IdentityJs, NodeClient
from tests.clients.operations import Boto3
from tests.pools import EVERY_FLOW, App

CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"
SOFTWARE_TOKEN_MFA = "SOFTWARE_TOKEN_MFA"
CUSTOM_FLOWS = ("ALLOW_CUSTOM_AUTH", *EVERY_FLOW)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client tells its page: the challenge, or DONE, and what a custom challenge has made public."""

    name: str
    parameters: dict[str, str] = field(default_factory=dict)


class CustomAuth(Protocol):
    """``metadata`` is ClientMetadata. Every method raises Refused."""

    app: App

    def begin(self, username: str, password: str | None = None, *, metadata: dict[str, str] | None = None) -> Asked:
        """With a password, SRP comes first (CUSTOM_WITH_SRP)."""

    def answer(self, answer: str, *, metadata: dict[str, str] | None = None) -> Asked:
        """To the challenge that was asked last, of whichever kind."""

    def tokens(self) -> Tokens: ...


class AmplifyCustomAuth(NodeClient):
    program = "amplify-challenges.mjs"
    _NAMES: ClassVar = {
        "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE": CUSTOM_CHALLENGE,
        "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED": NEW_PASSWORD_REQUIRED,
        "CONFIRM_SIGN_IN_WITH_TOTP_CODE": SOFTWARE_TOKEN_MFA,
        "DONE": DONE,
    }

    def begin(self, username: str, password: str | None = None, *, metadata: dict[str, str] | None = None) -> Asked:
        flow = "CUSTOM_WITH_SRP" if password else "CUSTOM_WITHOUT_SRP"
        options = {"authFlowType": flow, "clientMetadata": metadata}
        return self._step(self._tell("signIn", username=username, password=password, options=options))

    def answer(self, answer: str, *, metadata: dict[str, str] | None = None) -> Asked:
        return self._step(self._tell("confirm", challengeResponse=answer, options={"clientMetadata": metadata}))

    def _step(self, step: dict[str, Any]) -> Asked:
        return Asked(self._NAMES[step["signInStep"]], step.get("additionalInfo", {}))


class IdentityJsCustomAuth(IdentityJs):
    def begin(self, username: str, password: str | None = None, *, metadata: dict[str, str] | None = None) -> Asked:
        return Asked(**self._tell("beginCustomAuth", username=username, password=password, metadata=metadata or {}))

    def begin_with(self, username: str, parameters: dict[str, str]) -> Asked:
        """InitiateAuth with AuthParameters of the caller's own."""
        return Asked(**self._tell("beginCustomAuth", username=username, parameters=parameters))

    def answer(self, answer: str, *, metadata: dict[str, str] | None = None) -> Asked:
        return Asked(**self._tell("answer", answer=answer, metadata=metadata or {}))


class Boto3CustomAuth(Boto3):
    prefix: ClassVar = ""
    _ANSWERS: ClassVar = {
        CUSTOM_CHALLENGE: "ANSWER",
        NEW_PASSWORD_REQUIRED: "NEW_PASSWORD",
        SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
    }

    def begin(self, username: str, password: str | None = None, *, metadata: dict[str, str] | None = None) -> Asked:
        """Follows DefineAuthChallenge: the password is proved when it is asked for, not because it was given."""
        self._username, self._prefix = username, self.prefix
        srp = self._srp(username, password) if password else None
        first = srp.get_auth_params() if srp else {"USERNAME": username, **self._secret_hash(username)}
        parameters = first | ({"CHALLENGE_NAME": "SRP_A"} if srp else {})
        asked = self._ask("InitiateAuth", metadata, AuthFlow="CUSTOM_AUTH", AuthParameters=parameters)
        if srp and asked.name == "PASSWORD_VERIFIER":
            return self._answer(asked.name, srp.process_challenge(asked.parameters, first), metadata)
        return asked

    def answer(self, answer: str, *, metadata: dict[str, str] | None = None) -> Asked:
        responses = {"USERNAME": self._username, **self._secret_hash(self._username)}
        return self._answer(self._last.name, responses | {self._ANSWERS[self._last.name]: answer}, metadata)

    def _answer(self, challenge: str, responses: dict[str, str], metadata: dict[str, str] | None) -> Asked:
        members = {"ChallengeName": challenge, "ChallengeResponses": responses, "Session": self._session}
        return self._ask("RespondToAuthChallenge", metadata, **members)

    def _ask(self, operation: str, metadata: dict[str, str] | None, **members: Any) -> Asked:
        answer = self.call(f"{self.prefix}{operation}", **self._where(), ClientMetadata=metadata or {}, **members)
        self._last = Asked(self._follow(answer), answer["ChallengeParameters"])
        return self._last


class Boto3AdminCustomAuth(Boto3CustomAuth):
    prefix = "Admin"
