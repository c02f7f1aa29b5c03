"""What each stack calls a step of a sign-in: the same question, by the names of six client libraries.

Amplify JS v6's name is the step table's own. Where the others' stand (read in November 2026):

- Amplify JS v6: ``getSignInResult`` in ``packages/auth/src/providers/cognito/utils/signInHelpers.ts`` of
  aws-amplify/amplify-js.
- Amplify JS v5: ``authCallbacks`` in ``packages/auth/src/Auth.ts`` of its branch v5-stable, over
  ``authenticateUserInternal`` of amazon-cognito-identity-js 6: an unknown challenge is read as if it were tokens.
- AWSMobileClient of iOS: ``SignInState`` and ``AWSMobileClientError`` in ``AWSAuthSDK/Sources/AWSMobileClient/Models``
  of aws-amplify/aws-sdk-ios. A code of an authenticator app comes by ``getCode`` as ``smsMFA`` too; a choice of second
  factors is an error (issue 4632).
- AWSMobileClient of Android: ``SignInState`` beside ``AWSMobileClient.java`` of aws-amplify/aws-sdk-android. Both codes
  come by ``getMFACode`` as ``SMS_MFA``; any other challenge is looked up by its name, and one that is no member throws.
  Refusals are the service model's own exceptions.
- Amplify Swift v2: ``Amplify/Categories/Auth/Models/AuthSignInStep.swift`` of aws-amplify/amplify-swift.
- Amplify Android v2: ``AuthSignInStep``, by ``SignInChallengeHelper`` of aws-amplify/amplify-android.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from flows.inspector.entries import TOKENS, Call
from flows.steps.table import row_of
from flows.terms import ChallengeName as C
from flows.terms import SignInStep as S


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """``stack`` and ``member`` say where it is read; ``name`` is empty where the stack has none, and ``note`` why."""

    stack: str
    member: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """One step by every stack's name; iterable, in this order."""

    amplify_js: Name
    amplify_js_v5: Name
    mobile_client_ios: Name
    mobile_client_android: Name
    amplify_swift: Name
    amplify_android: Name

    def __iter__(self) -> Iterator[Name]:
        return (getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What is not in the step table: names, or a note (a text with a space) for want of one."""

    v5: str
    mobile_ios: str
    mobile_android: str
    swift: str
    android: str


_MEMBERS = {
    "amplify_js": ("Amplify JS v6", "nextStep.signInStep"),
    "amplify_js_v5": ("Amplify JS v5", "user.challengeName"),
    "mobile_client_ios": ("AWSMobileClient (iOS)", "SignInState"),
    "mobile_client_android": ("AWSMobileClient (Android)", "SignInState"),
    "amplify_swift": ("Amplify Swift v2", "nextStep"),
    "amplify_android": ("Amplify Android v2", "nextStep.signInStep"),
}
SILENT = "answers by itself, asks nobody"
IN_SIGN_IN = "runs the ceremony within signIn or confirmSignIn"
_OLDER = "does not know it: it came after this library"
_FAILS = "ends with an error"
_NO_MEMBER = "ends with IllegalArgumentException: SignInState has no such member"
_ADMIN_ONLY = "never comes to a client"

# by the step's slug where one challenge is several steps, else by ChallengeName or what stands in place of one
_ROWS: Mapping[str, _Row] = {
    C.SELECT_CHALLENGE: _Row(
        v5=_OLDER,
        mobile_ios=_OLDER,
        mobile_android=_OLDER,
        swift="continueSignInWithFirstFactorSelection",
        android="CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION",
    ),
    C.PASSWORD: _Row(
        v5=_OLDER,
        mobile_ios=_OLDER,
        mobile_android=_OLDER,
        swift="confirmSignInWithPassword",
        android="CONFIRM_SIGN_IN_WITH_PASSWORD",
    ),
    C.PASSWORD_SRP: _Row(
        v5=_OLDER,
        mobile_ios=_OLDER,
        mobile_android=_OLDER,
        swift="confirmSignInWithPassword",
        android="CONFIRM_SIGN_IN_WITH_PASSWORD",
    ),
    C.WEB_AUTHN: _Row(v5=_OLDER, mobile_ios=_OLDER, mobile_android=_OLDER, swift=IN_SIGN_IN, android=IN_SIGN_IN),
    C.EMAIL_OTP: _Row(
        v5=_OLDER,
        mobile_ios=_OLDER,
        mobile_android=_OLDER,
        swift="confirmSignInWithOTP",
        android="CONFIRM_SIGN_IN_WITH_OTP",
    ),
    C.SMS_OTP: _Row(
        v5=_OLDER,
        mobile_ios=_OLDER,
        mobile_android=_OLDER,
        swift="confirmSignInWithOTP",
        android="CONFIRM_SIGN_IN_WITH_OTP",
    ),
    C.PASSWORD_VERIFIER: _Row(v5=SILENT, mobile_ios=SILENT, mobile_android=SILENT, swift=SILENT, android=SILENT),
    C.SELECT_MFA_TYPE: _Row(
        v5="SELECT_MFA_TYPE",
        mobile_ios=_FAILS,
        mobile_android=_NO_MEMBER,
        swift="continueSignInWithMFASelection",
        android="CONTINUE_SIGN_IN_WITH_MFA_SELECTION",
    ),
    C.SMS_MFA: _Row(
        v5="SMS_MFA",
        mobile_ios="smsMFA",
        mobile_android="SMS_MFA",
        swift="confirmSignInWithSMSMFACode",
        android="CONFIRM_SIGN_IN_WITH_SMS_MFA_CODE",
    ),
    C.SOFTWARE_TOKEN_MFA: _Row(
        v5="SOFTWARE_TOKEN_MFA",
        mobile_ios="smsMFA",
        mobile_android="SMS_MFA",
        swift="confirmSignInWithTOTPCode",
        android="CONFIRM_SIGN_IN_WITH_TOTP_CODE",
    ),
    "mfa-setup-choice": _Row(
        v5="MFA_SETUP",
        mobile_ios=_FAILS,
        mobile_android=_NO_MEMBER,
        swift="continueSignInWithMFASetupSelection",
        android="CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION",
    ),
    "totp-setup": _Row(
        v5="MFA_SETUP",
        mobile_ios=_FAILS,
        mobile_android=_NO_MEMBER,
        swift="continueSignInWithTOTPSetup",
        android="CONTINUE_SIGN_IN_WITH_TOTP_SETUP",
    ),
    "email-setup": _Row(
        v5="MFA_SETUP",
        mobile_ios=_FAILS,
        mobile_android=_NO_MEMBER,
        swift="continueSignInWithEmailMFASetup",
        android="CONTINUE_SIGN_IN_WITH_EMAIL_MFA_SETUP",
    ),
    C.NEW_PASSWORD_REQUIRED: _Row(
        v5="NEW_PASSWORD_REQUIRED",
        mobile_ios="newPasswordRequired",
        mobile_android="NEW_PASSWORD_REQUIRED",
        swift="confirmSignInWithNewPassword",
        android="CONFIRM_SIGN_IN_WITH_NEW_PASSWORD",
    ),
    C.CUSTOM_CHALLENGE: _Row(
        v5="CUSTOM_CHALLENGE",
        mobile_ios="customChallenge",
        mobile_android="CUSTOM_CHALLENGE",
        swift="confirmSignInWithCustomChallenge",
        android="CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE",
    ),
    C.DEVICE_SRP_AUTH: _Row(v5=SILENT, mobile_ios=SILENT, mobile_android=SILENT, swift=SILENT, android=SILENT),
    C.DEVICE_PASSWORD_VERIFIER: _Row(v5=SILENT, mobile_ios=SILENT, mobile_android=SILENT, swift=SILENT, android=SILENT),
    C.ADMIN_NO_SRP_AUTH: _Row(
        v5=_ADMIN_ONLY,
        mobile_ios="adminNoSRPAuth",
        mobile_android="ADMIN_NO_SRP_AUTH",
        swift=_ADMIN_ONLY,
        android=_ADMIN_ONLY,
    ),
    # -- No challenge, and a step all the same
    TOKENS: _Row(
        v5="has none any more: the user is signed in",
        mobile_ios="signedIn",
        mobile_android="DONE",
        swift="done",
        android="DONE",
    ),
    "UserNotConfirmedException": _Row(
        v5="rejects with UserNotConfirmedException",
        mobile_ios="fails with AWSMobileClientError.userNotConfirmed",
        mobile_android="fails with UserNotConfirmedException",
        swift="confirmSignUp",
        android="CONFIRM_SIGN_UP",
    ),
    "PasswordResetRequiredException": _Row(
        v5="rejects with PasswordResetRequiredException",
        mobile_ios="fails with AWSMobileClientError.passwordResetRequired",
        mobile_android="fails with PasswordResetRequiredException",
        swift="resetPassword",
        android="RESET_PASSWORD",
    ),
}
_NO_STEP: Mapping[str, S] = {
    TOKENS: S.DONE,
    "UserNotConfirmedException": S.CONFIRM_SIGN_UP,
    "PasswordResetRequiredException": S.RESET_PASSWORD,
}
# Amplify's silence has reasons; the step table only says that it is silent.
_WHY_SILENT: Mapping[str, str] = {C.WEB_AUTHN: IN_SIGN_IN, C.ADMIN_NO_SRP_AUTH: _ADMIN_ONLY}


def of(challenge: str, slug: str = "") -> Names | None:
    """Every stack's name for a ChallengeName, ``TOKENS``, or an exception that Amplify takes for a step.

    ``slug`` is that of the row in the step table; without it the challenge's first row counts. None for anything else:
    GetUser is no step of a sign-in.
    """
    row = row_of(challenge, slug)
    known = _ROWS.get(row.slug if row else "") or _ROWS.get(challenge)
    if known is None:
        return None
    step = row.sign_in_step if row else _NO_STEP.get(challenge)
    return Names(
        amplify_js=_name("amplify_js", str(step or _WHY_SILENT.get(challenge, SILENT))),
        amplify_js_v5=_name("amplify_js_v5", known.v5),
        mobile_client_ios=_name("mobile_client_ios", known.mobile_ios),
        mobile_client_android=_name("mobile_client_android", known.mobile_android),
        amplify_swift=_name("amplify_swift", known.swift),
        amplify_android=_name("amplify_android", known.android),
    )


def of_answer(call: Call) -> Names | None:
    """The names for what came back: the challenge, the tokens, or the refusal that is a step."""
    return of(call.asked or call.error, call.step)


def _name(stack: str, text: str) -> Name:
    label, member = _MEMBERS[stack]
    return Name(stack=label, member=member, **({"note": text} if " " in text else {"name": text}))
