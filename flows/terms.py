"""The field's own words, as enumerations. Imports nothing of ours; tests/contract compares each with its source.

``AuthFlow``, ``ChallengeName`` and ``FirstFactor`` are the Cognito service model's (AuthFlowType,
ChallengeNameType), ``SignInStep`` is Amplify JS v6's ``nextStep.signInStep``.
"""

from enum import StrEnum


class AuthFlow(StrEnum):
    """What InitiateAuth or AdminInitiateAuth is asked to do."""

    USER_SRP_AUTH = "USER_SRP_AUTH"
    REFRESH_TOKEN_AUTH = "REFRESH_TOKEN_AUTH"
    REFRESH_TOKEN = "REFRESH_TOKEN"
    CUSTOM_AUTH = "CUSTOM_AUTH"
    ADMIN_NO_SRP_AUTH = "ADMIN_NO_SRP_AUTH"
    USER_PASSWORD_AUTH = "USER_PASSWORD_AUTH"
    ADMIN_USER_PASSWORD_AUTH = "ADMIN_USER_PASSWORD_AUTH"
    USER_AUTH = "USER_AUTH"


class ChallengeName(StrEnum):
    """A question that Cognito can put before it issues tokens."""

    SMS_MFA = "SMS_MFA"
    EMAIL_OTP = "EMAIL_OTP"
    SOFTWARE_TOKEN_MFA = "SOFTWARE_TOKEN_MFA"
    SELECT_MFA_TYPE = "SELECT_MFA_TYPE"
    MFA_SETUP = "MFA_SETUP"
    PASSWORD_VERIFIER = "PASSWORD_VERIFIER"
    CUSTOM_CHALLENGE = "CUSTOM_CHALLENGE"
    SELECT_CHALLENGE = "SELECT_CHALLENGE"
    DEVICE_SRP_AUTH = "DEVICE_SRP_AUTH"
    DEVICE_PASSWORD_VERIFIER = "DEVICE_PASSWORD_VERIFIER"
    ADMIN_NO_SRP_AUTH = "ADMIN_NO_SRP_AUTH"
    NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"
    SMS_OTP = "SMS_OTP"
    PASSWORD = "PASSWORD"
    WEB_AUTHN = "WEB_AUTHN"
    PASSWORD_SRP = "PASSWORD_SRP"


class FirstFactor(StrEnum):
    """A member of AvailableChallenges in the choice-based flow, in the order that live pools list them."""

    PASSWORD_SRP = "PASSWORD_SRP"
    PASSWORD = "PASSWORD"
    EMAIL_OTP = "EMAIL_OTP"
    SMS_OTP = "SMS_OTP"
    WEB_AUTHN = "WEB_AUTHN"


class SignInStep(StrEnum):
    """Amplify's name for what the person does next."""

    CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE = "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE"
    CONFIRM_SIGN_IN_WITH_SMS_CODE = "CONFIRM_SIGN_IN_WITH_SMS_CODE"
    CONFIRM_SIGN_IN_WITH_EMAIL_CODE = "CONFIRM_SIGN_IN_WITH_EMAIL_CODE"
    CONFIRM_SIGN_IN_WITH_TOTP_CODE = "CONFIRM_SIGN_IN_WITH_TOTP_CODE"
    CONFIRM_SIGN_IN_WITH_PASSWORD = "CONFIRM_SIGN_IN_WITH_PASSWORD"
    CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED = "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED"
    CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION = "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION"
    CONTINUE_SIGN_IN_WITH_MFA_SELECTION = "CONTINUE_SIGN_IN_WITH_MFA_SELECTION"
    CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION = "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION"
    CONTINUE_SIGN_IN_WITH_EMAIL_SETUP = "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP"
    CONTINUE_SIGN_IN_WITH_TOTP_SETUP = "CONTINUE_SIGN_IN_WITH_TOTP_SETUP"
    CONFIRM_SIGN_UP = "CONFIRM_SIGN_UP"
    RESET_PASSWORD = "RESET_PASSWORD"
    DONE = "DONE"


class UserStatus(StrEnum):
    """Where a pool user stands (the service model's UserStatusType)."""

    UNCONFIRMED = "UNCONFIRMED"
    CONFIRMED = "CONFIRMED"
    ARCHIVED = "ARCHIVED"
    COMPROMISED = "COMPROMISED"
    UNKNOWN = "UNKNOWN"
    RESET_REQUIRED = "RESET_REQUIRED"
    FORCE_CHANGE_PASSWORD = "FORCE_CHANGE_PASSWORD"
    EXTERNAL_PROVIDER = "EXTERNAL_PROVIDER"


class Trigger(StrEnum):
    """A Lambda trigger of a user pool: a member of LambdaConfig, and its name in messages."""

    PRE_SIGN_UP = "PreSignUp"
    POST_CONFIRMATION = "PostConfirmation"
    PRE_AUTHENTICATION = "PreAuthentication"
    POST_AUTHENTICATION = "PostAuthentication"
    DEFINE_AUTH_CHALLENGE = "DefineAuthChallenge"
    CREATE_AUTH_CHALLENGE = "CreateAuthChallenge"
    VERIFY_AUTH_CHALLENGE_RESPONSE = "VerifyAuthChallengeResponse"
    PRE_TOKEN_GENERATION = "PreTokenGeneration"
    USER_MIGRATION = "UserMigration"
    CUSTOM_MESSAGE = "CustomMessage"
    CUSTOM_EMAIL_SENDER = "CustomEmailSender"
    CUSTOM_SMS_SENDER = "CustomSMSSender"


class TriggerSource(StrEnum):
    """Why a trigger is called: ``triggerSource`` of its event."""

    PRE_SIGN_UP_SIGN_UP = "PreSignUp_SignUp"
    PRE_SIGN_UP_ADMIN_CREATE_USER = "PreSignUp_AdminCreateUser"
    POST_CONFIRMATION_CONFIRM_SIGN_UP = "PostConfirmation_ConfirmSignUp"
    POST_CONFIRMATION_CONFIRM_FORGOT_PASSWORD = "PostConfirmation_ConfirmForgotPassword"
    PRE_AUTHENTICATION = "PreAuthentication_Authentication"
    POST_AUTHENTICATION = "PostAuthentication_Authentication"
    DEFINE_AUTH_CHALLENGE = "DefineAuthChallenge_Authentication"
    CREATE_AUTH_CHALLENGE = "CreateAuthChallenge_Authentication"
    VERIFY_AUTH_CHALLENGE_RESPONSE = "VerifyAuthChallengeResponse_Authentication"
    TOKEN_GENERATION_AUTHENTICATION = "TokenGeneration_Authentication"
    TOKEN_GENERATION_NEW_PASSWORD_CHALLENGE = "TokenGeneration_NewPasswordChallenge"
    TOKEN_GENERATION_AUTHENTICATE_DEVICE = "TokenGeneration_AuthenticateDevice"
    TOKEN_GENERATION_REFRESH_TOKENS = "TokenGeneration_RefreshTokens"
    USER_MIGRATION_AUTHENTICATION = "UserMigration_Authentication"
    USER_MIGRATION_FORGOT_PASSWORD = "UserMigration_ForgotPassword"
    CUSTOM_MESSAGE_SIGN_UP = "CustomMessage_SignUp"
    CUSTOM_MESSAGE_ADMIN_CREATE_USER = "CustomMessage_AdminCreateUser"
    CUSTOM_MESSAGE_RESEND_CODE = "CustomMessage_ResendCode"
    CUSTOM_MESSAGE_FORGOT_PASSWORD = "CustomMessage_ForgotPassword"
    CUSTOM_MESSAGE_UPDATE_USER_ATTRIBUTE = "CustomMessage_UpdateUserAttribute"
    CUSTOM_MESSAGE_VERIFY_USER_ATTRIBUTE = "CustomMessage_VerifyUserAttribute"
    CUSTOM_MESSAGE_AUTHENTICATION = "CustomMessage_Authentication"
    CUSTOM_EMAIL_SENDER_SIGN_UP = "CustomEmailSender_SignUp"
    CUSTOM_EMAIL_SENDER_ADMIN_CREATE_USER = "CustomEmailSender_AdminCreateUser"
    CUSTOM_EMAIL_SENDER_RESEND_CODE = "CustomEmailSender_ResendCode"
    CUSTOM_EMAIL_SENDER_FORGOT_PASSWORD = "CustomEmailSender_ForgotPassword"
    CUSTOM_EMAIL_SENDER_UPDATE_USER_ATTRIBUTE = "CustomEmailSender_UpdateUserAttribute"
    CUSTOM_EMAIL_SENDER_VERIFY_USER_ATTRIBUTE = "CustomEmailSender_VerifyUserAttribute"
    CUSTOM_EMAIL_SENDER_AUTHENTICATION = "CustomEmailSender_Authentication"
    CUSTOM_SMS_SENDER_SIGN_UP = "CustomSMSSender_SignUp"
    CUSTOM_SMS_SENDER_ADMIN_CREATE_USER = "CustomSMSSender_AdminCreateUser"
    CUSTOM_SMS_SENDER_RESEND_CODE = "CustomSMSSender_ResendCode"
    CUSTOM_SMS_SENDER_FORGOT_PASSWORD = "CustomSMSSender_ForgotPassword"
    CUSTOM_SMS_SENDER_UPDATE_USER_ATTRIBUTE = "CustomSMSSender_UpdateUserAttribute"
    CUSTOM_SMS_SENDER_VERIFY_USER_ATTRIBUTE = "CustomSMSSender_VerifyUserAttribute"
    CUSTOM_SMS_SENDER_AUTHENTICATION = "CustomSMSSender_Authentication"
