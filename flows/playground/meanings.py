"""What the present settings mean for sign-ins, in a sentence or two; also where one setting silences another."""

from django.utils.text import get_text_list

from flows.playground.state import Place, State

# What an app client without ExplicitAuthFlows may do (CreateUserPoolClient, API reference).
_BY_DEFAULT = ("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH")
_CUSTOM = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
_FACTORS = {
    "SmsMfaConfiguration": "a code by SMS",
    "SoftwareTokenMfaConfiguration": "a code of an authenticator app",
    "EmailMfaConfiguration": "a code by e-mail",
}


def flows(state: State) -> str:
    allowed = state[Place.CLIENT].get("ExplicitAuthFlows") or []
    if not allowed:
        return f"None is named, which means Cognito's own choice: {_listed(_BY_DEFAULT)}."
    ways = [flow for flow in allowed if "REFRESH" not in flow]
    begin = f"{len(ways)} ways to begin a sign-in." if len(ways) != 1 else f"{ways[0]} is the only way to begin."
    if not ways:
        begin = "Nobody can sign in by this app client."
    renewed = "ALLOW_REFRESH_TOKEN_AUTH" in allowed
    return (
        begin if renewed else f"{begin} REFRESH_TOKEN_AUTH is refused; GetTokensFromRefreshToken renews all the same."
    )


def existence(state: State) -> str:
    if state[Place.CLIENT].get("PreventUserExistenceErrors") == "ENABLED":
        return "A wrong username looks like a wrong password."
    return "Anybody can find out who has an account, one name at a time."


def session(state: State) -> str:
    minutes = state[Place.CLIENT].get("AuthSessionValidity", 3)
    return f"Whoever needs more than {minutes} minutes for an answer starts again."


def tokens(state: State) -> str:
    units = state[Place.CLIENT].get("TokenValidityUnits", {})
    number, unit = state[Place.CLIENT].get("RefreshTokenValidity", 30), units.get("RefreshToken", "days")
    lasting = f"{number} {unit.removesuffix('s') if number == 1 else unit}"
    return f"Who signs in stays so for {lasting} at most. Tokens that are out already keep their time."


def first_factors(state: State) -> str:
    factors = state[Place.POOL].get("Policies", {}).get("SignInPolicy", {}).get("AllowedFirstAuthFactors", ["PASSWORD"])
    offer = f"USER_AUTH offers {_listed(factors)}, to everybody what they have."
    if not _allows(state, "ALLOW_USER_AUTH"):
        return f"{offer} But this app client does not allow USER_AUTH, so nobody is offered anything."
    if set(factors) != {"PASSWORD"} and state[Place.MFA].get("MfaConfiguration", "OFF") != "OFF":
        return f"{offer} Who owes a second factor begins with the password."
    return offer


def second_factors(state: State) -> str:
    mode = state[Place.MFA].get("MfaConfiguration", "OFF")
    factors = _listed([text for name, text in _FACTORS.items() if name in state[Place.MFA]], word="or")
    if mode == "OFF":
        return "The first factor is enough for everybody."
    if mode == "ON":
        return f"Everybody also gives {factors}, or sets one up."
    return f"Whoever turned it on also gives {factors}."


def passkeys(state: State) -> str:
    policy = state[Place.POOL].get("Policies", {}).get("SignInPolicy", {})
    if "WEB_AUTHN" not in policy.get("AllowedFirstAuthFactors", []):
        return "WEB_AUTHN is no first factor of this pool, so no passkey signs in."
    block = state[Place.MFA].get("WebAuthnConfiguration", {})
    if block.get("FactorConfiguration") == "MULTI_FACTOR_WITH_USER_VERIFICATION":
        return "A passkey that verified the person is both factors, for users who have it so (WebAuthnMfaSettings)."
    if state[Place.MFA].get("MfaConfiguration", "OFF") == "OFF":
        return "A passkey signs in by itself."
    return "A passkey signs in by itself. It is not offered to whoever owes a second factor."


def devices(state: State) -> str:
    block = state[Place.POOL].get("DeviceConfiguration")
    if not block:
        return "No device is remembered."
    whose = "that the person wanted remembered" if block.get("DeviceOnlyRememberedOnUserPrompt") else "remembered"
    if not block.get("ChallengeRequiredOnNewDevice"):
        return f"A device {whose} proves itself by DEVICE_SRP_AUTH, after the second factor: it spares nothing."
    return f"A device {whose} proves itself by DEVICE_SRP_AUTH in place of the second factor."


def triggers(state: State) -> str:
    config = state[Place.POOL].get("LambdaConfig", {})
    missing = [name for name in _CUSTOM if name not in config]
    if not _allows(state, "ALLOW_CUSTOM_AUTH"):
        custom = "This app client does not allow CUSTOM_AUTH."
    elif missing:
        custom = f"CUSTOM_AUTH fails: it needs {_listed(missing)}."
    else:
        custom = "CUSTOM_AUTH asks what the three functions say."
    if "UserMigration" in config:
        return f"{custom} Who is known only to the older directory is taken over."
    return f"{custom} Who is known only to the older directory cannot sign in."


def _allows(state: State, flow: str) -> bool:
    return flow in (state[Place.CLIENT].get("ExplicitAuthFlows") or _BY_DEFAULT)


def _listed(names: list[str] | tuple[str, ...], *, word: str = "and") -> str:
    return get_text_list(list(names), word) or "nothing"
