"""Why the pool goes on as it does, in Cognito's words: one sentence for each rule that decides.

Whoever decides gives the sentence along with the answer (``flows.pool.outcomes``), and the engine tells it to whoever
watches (``flows.pool.observing``). The facts in it are those that the rule went by, so that nothing is looked up for
its sake, and a name that nobody has is spoken of as any other.
"""

from enum import StrEnum


class Because(StrEnum):
    """Where there are facts to fill in, ``format`` takes them."""

    # -- The first factor (USER_SRP_AUTH, USER_AUTH)
    SRP_A_GIVEN = "SRP_A was given: the password is to be proved."
    PREFERRED = "PREFERRED_CHALLENGE is {factor}, one of AvailableChallenges."
    PREFERRED_IN_VAIN = "PREFERRED_CHALLENGE is {factor}, none of AvailableChallenges: the choice is offered."
    NOTHING_PREFERRED = "PREFERRED_CHALLENGE was not given: the choice is offered."
    CHOSEN = "{challenge} was answered with {factor}."

    # -- After the proof of a password
    TEMPORARY_PASSWORD = "The user's status is FORCE_CHANGE_PASSWORD."

    # -- The second factor: docs/protocol/mfa.md
    MFA_OFF = "MfaConfiguration is OFF: no second factor is due."
    MFA_NOT_TURNED_ON = "MfaConfiguration is OPTIONAL, and the user has turned on no second factor."
    PREFERRED_MFA = "MfaConfiguration is {mode}, and the user's PreferredMfaSetting is {factor}."
    ONE_FACTOR = "MfaConfiguration is {mode}, and the user has one second factor: {factor}."
    SEVERAL_FACTORS = "MfaConfiguration is {mode}, and the user has several second factors and prefers none: {factors}."
    NO_FACTOR_YET = "MfaConfiguration is {mode}, and the user has no second factor yet but can set one up: {factors}."
    ADDRESS_TO_PROVE = "MFA_SETUP was answered with an e-mail address, which is to be proved."
    FACTOR_PASSED = "{challenge} was passed as the second factor."
    PASSKEY_PASSED = "WEB_AUTHN was passed as both factors: FactorConfiguration and the user's own settings say so."

    # -- Devices: docs/protocol/devices.md
    DEVICE_SPARES = "The device is remembered and, by ChallengeRequiredOnNewDevice, stands for the second factor."
    DEVICE_TO_PROVE = "A remembered device proves itself before tokens."
    DEVICE_SRP_A_GIVEN = "SRP_A was given: the device is to be proved."
    DEVICE_PASSED = "DEVICE_PASSWORD_VERIFIER was passed by the remembered device."

    # -- CUSTOM_AUTH: docs/protocol/triggers.md
    CHALLENGE_NAMED = "DefineAuthChallenge answered challengeName {name}."
    TOKENS_GRANTED = "DefineAuthChallenge answered issueTokens."
    NO_PASSWORD_GIVEN = "Who has given no password owes no second factor."

    # -- Tokens
    NOTHING_OWED = "Every rule is met: tokens."
    REFRESHED = "The refresh token is good for new tokens."


def together(*sentences: str) -> str:
    """Each of them once, in this order."""
    return " ".join(dict.fromkeys(sentences))
