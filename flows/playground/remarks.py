"""What stands above the shown lines: why AWS would refuse them, and what else they need. With where it was found."""

# The developer guide, "User pool feature plans". A pool that is older than the plans may be LITE.
_TIER = "{} UserPoolTier ESSENTIALS or PLUS (else FeatureUnavailableInTierException).\n"

# UpdateUserPoolClient, API reference: rotation and REFRESH_TOKEN_AUTH exclude each other.
FLOWS = f"{_TIER.format('ALLOW_USER_AUTH needs')}ALLOW_REFRESH_TOKEN_AUTH is refused where refresh tokens rotate."
FLOWS_TERRAFORM = FLOWS.replace("UserPoolTier", "user_pool_tier")

_MORE_THAN_PASSWORD = _TIER.format("Anything but PASSWORD needs")
SMS_COMMAND = f"{_MORE_THAN_PASSWORD}SMS_OTP needs the pool's SmsConfiguration, too."
SMS_TERRAFORM = SMS_COMMAND.replace("UserPoolTier", "user_pool_tier").replace("SmsConfiguration", "sms_configuration")

_BY_EMAIL = _TIER.format("Codes by e-mail need")
_RECOVERY = (
    "Where MfaConfiguration is ON and text messages are a factor, Cognito may refuse verified_phone_number\n"
    "(aws-cdk 11478): then say admin_only alone."
)
MFA_COMMAND = (
    f"{_BY_EMAIL}EmailMfaConfiguration is refused unless the pool's EmailConfiguration says EmailSendingAccount\n"
    "DEVELOPER and its AccountRecoverySetting knows another way than verified_email."
)
MFA_TEMPLATE = (
    f"{_BY_EMAIL}EMAIL_OTP alone is refused (cloudformation-coverage-roadmap 2221): set it by the AWS CLI.\n{_RECOVERY}"
)
MFA_TERRAFORM = (
    _BY_EMAIL.replace("UserPoolTier", "user_pool_tier")
    + "In a pool that exists, email_configuration and account_recovery_setting come first: apply once\n"
    "without email_mfa_configuration (terraform-provider-aws 41049).\n" + _RECOVERY
)

_PASSKEYS = _TIER.format("Passkeys need")
RELYING_PARTY = f"{_PASSKEYS}Your RelyingPartyId stays. Another one would orphan every passkey that is registered."
RELYING_PARTY_TEMPLATE = (
    f"{_PASSKEYS}Keep the RelyingPartyId that you have: another one would orphan every passkey that is registered."
)
RELYING_PARTY_TERRAFORM = (
    RELYING_PARTY_TEMPLATE.replace("UserPoolTier", "user_pool_tier").replace("RelyingPartyId", "relying_party_id")
    + "\nThe provider has no attribute for FactorConfiguration yet: use the AWS CLI for it."
)

# Lambda's developer guide: a function's own policy says who may call it.
CALLED_COMMAND = (
    "Let Cognito call them, too, once for each (POOL_ARN is UserPool.Arn of describe-user-pool):\n"
    'aws lambda add-permission --function-name "$DEFINE_ARN" --statement-id cognito \\\n'
    "  --action lambda:InvokeFunction --principal cognito-idp.amazonaws.com \\\n"
    '  --source-arn "$POOL_ARN"'
)
CALLED_TEMPLATE = (
    "Let Cognito call them, too: for each an AWS::Lambda::Permission, with Action lambda:InvokeFunction,\n"
    "Principal cognito-idp.amazonaws.com and SourceArn !GetAtt UserPool.Arn."
)
CALLED_TERRAFORM = (
    'Let Cognito call them, too: for each an aws_lambda_permission, with action "lambda:InvokeFunction",\n'
    'principal "cognito-idp.amazonaws.com" and source_arn aws_cognito_user_pool.pool.arn.'
)

# AdminSetUserMFAPreference, API reference, and a live answer (aws-sdk-js-v3 4645: "does not have delivery config").
APP_FIRST = (
    "SOFTWARE_TOKEN_MFA is refused for whoever has no app yet. They set it up themselves, with an access\n"
    "token: AssociateSoftwareToken, VerifySoftwareToken."
)
USER_TERRAFORM = (
    "Terraform makes a user with a password. It cannot say that it is to be reset, that a sign-up is not\n"
    "confirmed, or second factors: use the AWS CLI."
)
