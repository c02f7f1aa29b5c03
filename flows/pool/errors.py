"""Refusals of the pool: one function per refusal, each with Cognito's code and exact text.

Source of the texts: the live captures and client string tables collected in docs/protocol/errors.md. A ``PoolError``
is turned into an answer (HTTP 400, ``__type``, headers) in one place, ``flows.pool.wire``.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(eq=False)  # not frozen: Python itself sets attributes of exceptions
class PoolError(Exception):
    """A refusal: ``code`` is Cognito's exception name, ``message`` its text."""

    code: str
    message: str
    status: int = 400

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def invalid_parameter(message: str) -> PoolError:
    return PoolError("InvalidParameterException", message)


def one_of(first: str, second: str) -> PoolError:
    """The live text was never captured."""
    return invalid_parameter(f"Exactly one of {first} and {second} is required.")


def not_authorized(message: str) -> PoolError:
    return PoolError("NotAuthorizedException", message)


def not_found(message: str) -> PoolError:
    return PoolError("ResourceNotFoundException", message)


def invalid_pagination_token() -> PoolError:
    return invalid_parameter("Paging Marker is Invalid for Request")


# -- Pools and clients ---------------------------------------------------------------------------------------------
def no_such_pool(pool_id: str) -> PoolError:
    return not_found(f"User pool {pool_id} does not exist.")


def no_such_client(client_id: str) -> PoolError:
    return not_found(f"User pool client {client_id} does not exist.")


def secret_hash_missing(client_id: str) -> PoolError:
    return not_authorized(f"Client {client_id} is configured with secret but SECRET_HASH was not received")


def secret_hash_wrong(client_id: str) -> PoolError:
    return not_authorized(f"Unable to verify secret hash for client {client_id}")


def secret_wrong(client_id: str) -> PoolError:
    """The live text was never captured."""
    return not_authorized(f"Unable to verify secret for client {client_id}")


def unauthorized(message: str) -> PoolError:
    return PoolError("UnauthorizedException", message)


def deletion_protected() -> PoolError:
    return invalid_parameter(
        "The user pool cannot be deleted because deletion protection is activated. "
        "Deletion protection must be inactivated first."
    )


def client_is_public(client_id: str) -> PoolError:
    return invalid_parameter(f"Client {client_id} has no secret; secrets can be added to confidential clients only.")


def secret_needed_for_client_credentials() -> PoolError:
    return PoolError(
        "InvalidOAuthFlowException",
        "client_credentials flow can not be selected if client does not have a client secret.",
    )


def too_many_secrets() -> PoolError:
    return PoolError("LimitExceededException", "Client secrets cannot exceed limit of 2 secrets.")


def no_such_secret(secret_id: str) -> PoolError:
    return not_found(f"Client secret {secret_id} does not exist.")


def last_secret() -> PoolError:
    return invalid_parameter("The last secret of a client cannot be deleted.")


def no_such_resource_server(identifier: str) -> PoolError:
    """Known from emulators only."""
    return not_found(f"Resource server {identifier} does not exist.")


def resource_server_exists(identifier: str, pool_id: str) -> PoolError:
    """Known from emulators only."""
    return invalid_parameter(f"{identifier} already exists in user pool {pool_id}.")


def no_such_scope(scope: str) -> PoolError:
    """The live text was never captured."""
    return PoolError("ScopeDoesNotExistException", f"Scope {scope} does not exist.")


# -- Groups ----------------------------------------------------------------------------------------------------------
def group_exists() -> PoolError:
    return PoolError("GroupExistsException", "A group with the name already exists.")


def no_such_group() -> PoolError:
    return not_found("Group not found.")


def too_many_groups(most: int) -> PoolError:
    """The live text was never captured."""
    return PoolError("LimitExceededException", f"A user pool can have {most} groups.")


# -- Signing in ------------------------------------------------------------------------------------------------------
def flow_not_supported() -> PoolError:
    return invalid_parameter("Initiate Auth method not supported.")


def missing_parameter(name: str) -> PoolError:
    return invalid_parameter(f"Missing required parameter {name}")


def incorrect_username_or_password() -> PoolError:
    return not_authorized("Incorrect username or password.")


def user_does_not_exist() -> PoolError:
    return PoolError("UserNotFoundException", "User does not exist.")


def user_not_found_here() -> PoolError:
    """For operations that do not declare UserNotFoundException: AdminListDevices, AdminGetDevice."""
    return not_found("User does not exist.")


def user_disabled() -> PoolError:
    return not_authorized("User is disabled.")


def user_not_confirmed() -> PoolError:
    return PoolError("UserNotConfirmedException", "User is not confirmed.")


def password_reset_required() -> PoolError:
    return PoolError("PasswordResetRequiredException", "Password reset required for the user")


def temporary_password_expired() -> PoolError:
    return not_authorized("Temporary password has expired and must be reset by an administrator.")


def password_attempts_exceeded() -> PoolError:
    return not_authorized("Password attempts exceeded")


def invalid_password(rule: str) -> PoolError:
    return PoolError("InvalidPasswordException", f"Password did not conform with policy: {rule}")


def password_in_history() -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("PasswordHistoryPolicyViolationException", "Password has previously been used")


# -- Session ---------------------------------------------------------------------------------------------------------
def invalid_session() -> PoolError:
    return not_authorized("Invalid session for the user.")


def session_used() -> PoolError:
    return not_authorized("Invalid session for the user, session can only be used once.")


def session_expired() -> PoolError:
    return not_authorized("Invalid session for the user, session is expired.")


# -- Devices ---------------------------------------------------------------------------------------------------------
def device_does_not_exist() -> PoolError:
    """Amplify and amazon-cognito-identity-js look for this text, forget the device's key and send the answer again."""
    return not_found("Device does not exist.")


def invalid_device_key() -> PoolError:
    return invalid_parameter("Invalid device key given.")


def device_key_exists() -> PoolError:
    """The live text was never captured."""
    return PoolError("DeviceKeyExistsException", "Device already exists.")


def devices_not_tracked() -> PoolError:
    """The live text was never captured."""
    return PoolError("InvalidUserPoolConfigurationException", "Device tracking is not enabled for the user pool.")


# -- Second factors --------------------------------------------------------------------------------------------------
def software_token_mfa_off() -> PoolError:
    """Developer guide, "TOTP software token MFA"."""
    return PoolError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool")


def no_software_token() -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("SoftwareTokenMFANotFoundException", "The user has no software token for this.")


def software_token_not_enabled() -> PoolError:
    return PoolError("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")


def software_token_not_verified() -> PoolError:
    return invalid_parameter("User has not verified software token mfa")


def software_token_code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid code received for user")


def software_token_code_used() -> PoolError:
    return PoolError("ExpiredCodeException", "Your software token has already been used once.")


def cannot_turn_on(factor: str) -> PoolError:
    return invalid_parameter(f"User does not have delivery config set to turn on {factor}")


def last_second_factor() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("The last MFA method cannot be disabled while the user pool requires MFA.")


def no_second_factor() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("MFA is required, and the user has no method for it and can set up none.")


# -- Tiers -----------------------------------------------------------------------------------------------------------
def not_in_tier(feature: str, tier: str) -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("FeatureUnavailableInTierException", f"{feature} is not available in the {tier} tier.")


def tier_in_use(feature: str, tier: str) -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("TierChangeNotAllowedException", f"{feature} is in use and not available in the {tier} tier.")


# -- Tokens ----------------------------------------------------------------------------------------------------------
def invalid_refresh_token() -> PoolError:
    return not_authorized("Invalid Refresh Token.")


def refresh_token_expired() -> PoolError:
    return not_authorized("Refresh Token has expired")


def refresh_token_revoked() -> PoolError:
    return not_authorized("Refresh Token has been revoked")


def refresh_token_reused() -> PoolError:
    """The live text was never captured; Amplify acts on the code."""
    return PoolError("RefreshTokenReuseException", "Refresh token has been reused")


def invalid_access_token() -> PoolError:
    return not_authorized("Invalid Access Token")


def access_token_signature() -> PoolError:
    return not_authorized("Could not verify signature for Access Token")


def access_token_expired() -> PoolError:
    return not_authorized("Access Token has expired")


def access_token_revoked() -> PoolError:
    return not_authorized("Access Token has been revoked")


def access_token_scopes() -> PoolError:
    return not_authorized("Access Token does not have required scopes")


def unsupported_token_type() -> PoolError:
    return PoolError("UnsupportedTokenTypeException", "Unsupported token type")


def revocation_disabled() -> PoolError:
    return PoolError("UnsupportedOperationException", "Token revocation is not enabled for this client")


# -- Users -----------------------------------------------------------------------------------------------------------
def user_account_exists() -> PoolError:
    return PoolError("UsernameExistsException", "User account already exists")


def account_with_attribute_exists(attribute: str) -> PoolError:
    return PoolError("UsernameExistsException", f"An account with the given {attribute} already exists.")


def alias_exists(attribute: str) -> PoolError:
    return PoolError("AliasExistsException", f"An account with the given {attribute} already exists.")


def user_exists() -> PoolError:
    """SignUp's words."""
    return PoolError("UsernameExistsException", "User already exists")


def sign_up_not_permitted() -> PoolError:
    return not_authorized("SignUp is not permitted for this user pool")


def password_missing() -> PoolError:
    return invalid_parameter(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    )


def no_such_username() -> PoolError:
    """Of the operations that name an app client and a username."""
    return PoolError("UserNotFoundException", "Username/client id combination not found.")


def already_confirmed() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("User is already confirmed.")


def nothing_verified() -> PoolError:
    return not_authorized("Cannot resend codes. Auto verification not turned on.")


def cannot_be_confirmed(status: str) -> PoolError:
    return not_authorized(f"User cannot be confirmed. Current status is {status}")


def password_not_resettable() -> PoolError:
    return not_authorized("User password cannot be reset in the current state.")


def contact_administrator() -> PoolError:
    """Known from emulators only."""
    return not_authorized("Contact administrator to reset password.")


def no_recovery_address() -> PoolError:
    return invalid_parameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number"
    )


def filter_not_understood() -> PoolError:
    return invalid_parameter("Error while parsing filter.")


def not_searchable(attribute: str) -> PoolError:
    return invalid_parameter(f"Invalid search attribute: {attribute}")


def no_such_attributes() -> PoolError:
    return invalid_parameter("One or more requested attributes do not exist in user pool.")


def code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid verification code provided, please try again.")


def code_expired() -> PoolError:
    return PoolError("ExpiredCodeException", "Invalid code provided, please request a code again.")


def sign_in_code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid code or auth state for the user.")


def unsupported_user_state(username: str) -> PoolError:
    return PoolError(
        "UnsupportedUserStateException", f"Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"
    )


def attribute_not_declared(name: str) -> PoolError:
    return invalid_parameter(
        f"Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined"
    )


def attribute_value(name: str, rule: str) -> PoolError:
    """The rules' live texts were not captured but for "The attribute is required"."""
    return invalid_parameter(f"Attributes did not conform to the schema: {name}: {rule}")


def attribute_required(name: str) -> PoolError:
    return attribute_value(name, "The attribute is required")


def attributes_required(names: Sequence[str]) -> PoolError:
    missing = " ".join(f"{name}: The attribute is required" for name in names)
    return invalid_parameter(f"Attributes did not conform to the schema: {missing}")


def attribute_not_writable() -> PoolError:
    return not_authorized("A client attempted to write unauthorized attribute")


def nothing_to_verify(attribute: str) -> PoolError:
    """Known from emulators only."""
    words = {"email": ("Email", "an email"), "phone_number": ("Phone Number", "a phone number")}[attribute]
    return invalid_parameter(f"{words[0]} is required to verify/un-verify {words[1]}")


def not_verifiable(attribute: str) -> PoolError:
    """The live text was never captured."""
    return invalid_parameter(f"Attribute {attribute} cannot be verified.")


def attempt_limit_exceeded() -> PoolError:
    return PoolError("LimitExceededException", "Attempt limit exceeded, please try after some time.")


def too_many_messages() -> PoolError:
    """The operations of signing in declare no LimitExceededException; the live text was never captured."""
    return PoolError("TooManyRequestsException", "Attempt limit exceeded, please try after some time.")


def attribute_not_mutable(name: str) -> PoolError:
    return invalid_parameter(f"user.{name}: Attribute cannot be updated.\n(changing an immutable attribute)")


# -- Passkeys: the codes are the service model's; none of the texts was ever captured ----------------------------------
def passkeys_not_enabled() -> PoolError:
    return PoolError("WebAuthnNotEnabledException", "Passkeys are not enabled for this user pool.")


def relying_party_missing() -> PoolError:
    return PoolError("WebAuthnConfigurationMissingException", "The user pool has no relying party ID.")


def passkey_challenge_not_found() -> PoolError:
    return PoolError("WebAuthnChallengeNotFoundException", "No such registration was started, or it has expired.")


def passkey_client_mismatch() -> PoolError:
    return PoolError("WebAuthnClientMismatchException", "The registration was started with another app client.")


def passkey_relying_party_mismatch() -> PoolError:
    return PoolError("WebAuthnRelyingPartyMismatchException", "The passkey belongs to another relying party.")


def passkey_origin_not_allowed() -> PoolError:
    return PoolError("WebAuthnOriginNotAllowedException", "The passkey was made on a page outside the relying party.")


def passkey_not_supported(why: str) -> PoolError:
    return PoolError("WebAuthnCredentialNotSupportedException", f"The passkey is not supported: {why}")


def passkey_malformed(what: str) -> PoolError:
    return invalid_parameter(f"The credential is not valid: {what}")


def passkey_exists() -> PoolError:
    return invalid_parameter("The passkey is registered already.")


def too_many_passkeys(most: int) -> PoolError:
    return PoolError("LimitExceededException", f"A user can have {most} passkeys.")


def no_such_passkey() -> PoolError:
    return not_found("The passkey does not exist.")


def passkey_not_accepted() -> PoolError:
    """One text for everything that can be wrong with an assertion, and for those who have no passkey."""
    return not_authorized("The passkey was not accepted.")


# -- The wire --------------------------------------------------------------------------------------------------------
def serialization(message: str) -> PoolError:
    return PoolError("SerializationException", message)


def unknown_operation(message: str) -> PoolError:
    return PoolError("UnknownOperationException", message)


def too_large() -> PoolError:
    return PoolError("RequestEntityTooLargeException", "The request body is too large.", status=413)


def method_not_allowed(methods: str) -> PoolError:
    return PoolError("MethodNotAllowedException", f"Allowed here: {methods}.", status=405)


def nothing_here() -> PoolError:
    return PoolError("NotFoundException", "There is nothing here.", status=404)


def forbidden() -> PoolError:
    """Cognito's code for what a web firewall refuses."""
    return PoolError("ForbiddenException", "The embedded pool does not answer this address.", status=403)


def internal_error() -> PoolError:
    return PoolError("InternalErrorException", "Something went wrong", status=500)


# -- Lambda triggers -----------------------------------------------------------------------------------------------
def user_lambda_validation(message: str) -> PoolError:
    return PoolError("UserLambdaValidationException", message)


def unexpected_lambda(message: str) -> PoolError:
    return PoolError("UnexpectedLambdaException", message)


def invalid_lambda_response() -> PoolError:
    return PoolError("InvalidLambdaResponseException", "Unrecognizable lambda output")


def custom_auth_not_configured() -> PoolError:
    return invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")
