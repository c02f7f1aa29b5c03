"""For each reason that the pool can give, a scene whose last call is answered for that reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pycognito.aws_srp import AWSSRP

from flows.pool.reasons import Because
from tests.lambda_api import Event, Functions
from tests.pool import mfa, passkeys
from tests.pool.conftest import PASSWORD, World
from tests.pool.handset import ALWAYS, MFA_ALWAYS, Handset, track

SECRET = "canary-of-the-private-parameters"
_MET = "Every rule is met: tokens."
_OFF = "MfaConfiguration is OFF: no second factor is due."
_SPARES = "The device is remembered and, by ChallengeRequiredOnNewDevice, stands for the second factor."
_DEVICE = "A remembered device proves itself before tokens."
_GRANTED = "DefineAuthChallenge answered issueTokens."


@dataclass(frozen=True, slots=True)
class Scene:
    """``play``'s last call is answered with ``next``, because ``why``."""

    reason: Because
    next: str
    why: str
    play: Callable[[World, Functions], Any]

    def __str__(self) -> str:
        return f"{self.reason.name}-{self.next}"


# -- Pools -----------------------------------------------------------------------------------------------------------
def by_choice(world: World) -> World:
    """alice may begin by her password or a code by e-mail."""
    passkeys.prepare(world)
    mfa.give(world, "email")
    return world


def two_factors(world: World, mode: str, **members: Any) -> World:
    """alice has turned on codes by e-mail and by text message."""
    mfa.require(world, mode, "EMAIL_OTP", "SMS_MFA", **members)
    for attribute, factor in (("email", "EMAIL_OTP"), ("phone_number", "SMS_MFA")):
        mfa.give(world, attribute)
        mfa.prefer(world, factor, Enabled=True)
    return world


def with_functions(world: World, functions: Functions, *in_turn: str) -> World:
    """DefineAuthChallenge goes through a list of challenges and then issues tokens."""

    def define(event: Event) -> Event:
        place = len([each for each in event["request"]["session"] if each["challengeName"] != "SRP_A"])
        event["response"] = {"issueTokens": place >= len(in_turn), "failAuthentication": False}
        event["response"]["challengeName"] = None if place >= len(in_turn) else in_turn[place]
        return event

    def create(event: Event) -> Event:
        event["response"] = {
            "publicChallengeParameters": {"question": "What?"},
            "privateChallengeParameters": {"answer": SECRET},
        }
        return event

    def verify(event: Event) -> Event:
        request = event["request"]
        event["response"]["answerCorrect"] = (
            request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
        )
        return event

    config = functions.add(DefineAuthChallenge=define, CreateAuthChallenge=create, VerifyAuthChallengeResponse=verify)
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config)
    world.client_id = world.add_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"], PreventUserExistenceErrors="ENABLED")
    return world


# -- Calls -----------------------------------------------------------------------------------------------------------
def begin(world: World, flow: str, name: str = "alice", **parameters: str) -> dict[str, Any]:
    given = {"USERNAME": name, **parameters}
    return world("InitiateAuth", ClientId=world.client_id, AuthFlow=flow, AuthParameters=given)


def prove(world: World) -> dict[str, Any]:
    """USER_SRP_AUTH."""
    _, answer = world.srp_challenge("alice", PASSWORD)
    return world("RespondToAuthChallenge", **answer)


def prove_in_custom_auth(world: World) -> dict[str, Any]:
    """CUSTOM_AUTH that begins with SRP_A, as Amplify's CUSTOM_WITH_SRP, up to what follows the proof."""
    srp = AWSSRP(username="alice", password=PASSWORD, pool_id=world.pool_id, client_id=world.client_id, client=object())
    asked = begin(world, "CUSTOM_AUTH", SRP_A=srp.get_auth_params()["SRP_A"], CHALLENGE_NAME="SRP_A")
    return mfa.respond(world, asked, **srp.process_challenge(asked["ChallengeParameters"], {"USERNAME": "alice"}))


def _chosen_by_answer(world: World, _: Functions) -> None:
    mfa.respond(world, begin(by_choice(world), "USER_AUTH"), ANSWER="EMAIL_OTP")


def _mfa_chosen_by_answer(world: World, _: Functions) -> None:
    mfa.respond(world, mfa.begin(two_factors(world, "OPTIONAL")), ANSWER="SMS_MFA")


def _preferred_mfa(world: World, _: Functions) -> None:
    mfa.prefer(two_factors(world, "ON"), "SMS_MFA", Enabled=True, PreferredMfa=True)
    mfa.begin(world)


def _one_factor(world: World, _: Functions) -> dict[str, Any]:
    mfa.require(world, "OPTIONAL", "EMAIL_OTP")
    mfa.give(world, "email")
    mfa.prefer(world, "EMAIL_OTP", Enabled=True)
    return mfa.begin(world)


def _factor_that_is_there(world: World, _: Functions) -> dict[str, Any]:
    mfa.require(world, "ON", "SMS_MFA")
    mfa.give(world, "phone_number")
    return mfa.begin(world)


def _factor_passed(world: World, functions: Functions) -> None:
    mfa.respond(world, _one_factor(world, functions), EMAIL_OTP_CODE=world.sent[-1].code)


def _none_turned_on(world: World, _: Functions) -> None:
    mfa.require(world, "OPTIONAL", "EMAIL_OTP")
    mfa.begin(world)


def _set_up(world: World, _: Functions) -> dict[str, Any]:
    mfa.require(world, "ON", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA")
    return mfa.begin(world)


def _address_given(world: World, functions: Functions) -> None:
    mfa.respond(world, _set_up(world, functions), EMAIL="alice@example.com")


def _temporary(world: World, _: Functions) -> None:
    world.set_password("alice", PASSWORD, permanent=False)
    mfa.begin(world)


def _passkey_as_both(world: World, _: Functions) -> None:
    passkeys.prepare(world)
    phone = passkeys.with_passkey(world)
    counts = {"UserVerification": "required", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
    two_factors(world, "OPTIONAL", WebAuthnConfiguration={"RelyingPartyId": passkeys.RP_ID, **counts})
    on = {"WebAuthnMfaSettings": {"Enabled": True}}
    world("AdminSetUserMFAPreference", UserPoolId=world.pool_id, Username="alice", **on)
    passkeys.sign_in(world, phone)


def _remembered(world: World, configuration: dict[str, bool]) -> tuple[Handset, dict[str, Any]]:
    track(world, configuration)
    handset = Handset.confirmed(world)
    return handset, handset.sign_in()


def _device_answers(world: World, _: Functions) -> None:
    handset, asked = _remembered(world, ALWAYS)
    world("RespondToAuthChallenge", **handset.hello(asked, handset.client()))


def _device_passes(world: World, _: Functions) -> None:
    handset, asked = _remembered(world, ALWAYS)
    handset.prove(asked)


def _solved(world: World, functions: Functions) -> None:
    asked = begin(with_functions(world, functions, "CUSTOM_CHALLENGE"), "CUSTOM_AUTH")
    mfa.respond(world, asked, ANSWER=SECRET)


def _proved_in_custom_auth(world: World, functions: Functions) -> None:
    prove_in_custom_auth(with_functions(world, functions, "PASSWORD_VERIFIER"))


def _refreshed(world: World, _: Functions) -> None:
    token = world.sign_in()["RefreshToken"]
    given = {"REFRESH_TOKEN": token}
    world("InitiateAuth", ClientId=world.client_id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=given)


def _refreshed_the_newer_way(world: World, _: Functions) -> None:
    token = world.sign_in()["RefreshToken"]
    world("GetTokensFromRefreshToken", ClientId=world.client_id, RefreshToken=token)


def _admins(world: World, _: Functions) -> None:
    request = world.password_request("alice", PASSWORD, UserPoolId=world.pool_id, AuthFlow="ADMIN_USER_PASSWORD_AUTH")
    world("AdminInitiateAuth", **request)


SCENES = (
    Scene(
        Because.SRP_A_GIVEN,
        "PASSWORD_VERIFIER",
        "SRP_A was given: the password is to be proved.",
        lambda world, _: world.srp_challenge("alice", PASSWORD),
    ),
    Scene(
        Because.PREFERRED,
        "EMAIL_OTP",
        "PREFERRED_CHALLENGE is EMAIL_OTP, one of AvailableChallenges.",
        lambda world, _: begin(by_choice(world), "USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP"),
    ),
    Scene(
        Because.PREFERRED_IN_VAIN,
        "SELECT_CHALLENGE",
        "PREFERRED_CHALLENGE is WEB_AUTHN, none of AvailableChallenges: the choice is offered.",
        lambda world, _: begin(by_choice(world), "USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN"),
    ),
    Scene(
        Because.NOTHING_PREFERRED,
        "SELECT_CHALLENGE",
        "PREFERRED_CHALLENGE was not given: the choice is offered.",
        lambda world, _: begin(by_choice(world), "USER_AUTH"),
    ),
    Scene(Because.CHOSEN, "EMAIL_OTP", "SELECT_CHALLENGE was answered with EMAIL_OTP.", _chosen_by_answer),
    Scene(Because.CHOSEN, "SMS_MFA", "SELECT_MFA_TYPE was answered with SMS_MFA.", _mfa_chosen_by_answer),
    Scene(
        Because.TEMPORARY_PASSWORD,
        "NEW_PASSWORD_REQUIRED",
        "The user's status is FORCE_CHANGE_PASSWORD.",
        _temporary,
    ),
    Scene(Because.MFA_OFF, "TOKENS", f"{_OFF} {_MET}", lambda world, _: mfa.begin(world)),
    Scene(
        Because.MFA_NOT_TURNED_ON,
        "TOKENS",
        f"MfaConfiguration is OPTIONAL, and the user has turned on no second factor. {_MET}",
        _none_turned_on,
    ),
    Scene(
        Because.PREFERRED_MFA,
        "SMS_MFA",
        "MfaConfiguration is ON, and the user's PreferredMfaSetting is SMS_MFA.",
        _preferred_mfa,
    ),
    Scene(
        Because.ONE_FACTOR,
        "EMAIL_OTP",
        "MfaConfiguration is OPTIONAL, and the user has one second factor: EMAIL_OTP.",
        _one_factor,
    ),
    Scene(
        Because.ONE_FACTOR,
        "SMS_MFA",
        "MfaConfiguration is ON, and the user has one second factor: SMS_MFA.",
        _factor_that_is_there,
    ),
    Scene(
        Because.SEVERAL_FACTORS,
        "SELECT_MFA_TYPE",
        "MfaConfiguration is ON, and the user has several second factors and prefers none: SMS_MFA, EMAIL_OTP.",
        lambda world, _: mfa.begin(two_factors(world, "ON")),
    ),
    Scene(
        Because.NO_FACTOR_YET,
        "MFA_SETUP",
        "MfaConfiguration is ON, and the user has no second factor yet but can set one up: "
        "SOFTWARE_TOKEN_MFA, EMAIL_OTP.",
        _set_up,
    ),
    Scene(
        Because.ADDRESS_TO_PROVE,
        "EMAIL_OTP",
        "MFA_SETUP was answered with an e-mail address, which is to be proved.",
        _address_given,
    ),
    Scene(Because.FACTOR_PASSED, "TOKENS", f"EMAIL_OTP was passed as the second factor. {_MET}", _factor_passed),
    Scene(
        Because.PASSKEY_PASSED,
        "TOKENS",
        f"WEB_AUTHN was passed as both factors: FactorConfiguration and the user's own settings say so. {_MET}",
        _passkey_as_both,
    ),
    Scene(
        Because.DEVICE_SPARES,
        "DEVICE_SRP_AUTH",
        f"{_SPARES} {_DEVICE}",
        lambda world, _: _remembered(world, ALWAYS),
    ),
    Scene(
        Because.DEVICE_TO_PROVE,
        "DEVICE_SRP_AUTH",
        f"{_OFF} {_DEVICE}",
        lambda world, _: _remembered(world, MFA_ALWAYS),
    ),
    Scene(
        Because.DEVICE_SRP_A_GIVEN,
        "DEVICE_PASSWORD_VERIFIER",
        "SRP_A was given: the device is to be proved.",
        _device_answers,
    ),
    Scene(
        Because.DEVICE_PASSED,
        "TOKENS",
        f"{_SPARES} DEVICE_PASSWORD_VERIFIER was passed by the remembered device. {_MET}",
        _device_passes,
    ),
    Scene(
        Because.CHALLENGE_NAMED,
        "CUSTOM_CHALLENGE",
        "DefineAuthChallenge answered challengeName CUSTOM_CHALLENGE.",
        lambda world, functions: begin(with_functions(world, functions, "CUSTOM_CHALLENGE"), "CUSTOM_AUTH"),
    ),
    Scene(Because.TOKENS_GRANTED, "TOKENS", f"{_GRANTED} {_OFF} {_MET}", _proved_in_custom_auth),
    Scene(
        Because.NO_PASSWORD_GIVEN,
        "TOKENS",
        f"{_GRANTED} Who has given no password owes no second factor. {_MET}",
        _solved,
    ),
    Scene(Because.NOTHING_OWED, "TOKENS", f"{_OFF} {_MET}", lambda world, _: prove(world)),
    Scene(Because.NOTHING_OWED, "TOKENS", f"{_OFF} {_MET}", _admins),
    Scene(Because.REFRESHED, "TOKENS", "The refresh token is good for new tokens.", _refreshed),
    Scene(Because.REFRESHED, "TOKENS", "The refresh token is good for new tokens.", _refreshed_the_newer_way),
)
