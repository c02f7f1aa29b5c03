"""THE TABLE: what decides a flow, each with the operation that changes it and its name in templates.

Sources: the API reference (UpdateUserPoolClient, UpdateUserPool, SetUserPoolMfaConfig), the CloudFormation template
reference (AWS::Cognito::UserPool, AWS::Cognito::UserPoolClient) and the Terraform AWS provider 6
(aws_cognito_user_pool, aws_cognito_user_pool_client).
"""

from flows.playground import meanings, particulars, remarks
from flows.playground.knob import Knob
from flows.playground.particulars import validity
from flows.playground.settings import Choice, Setting, member
from flows.playground.state import Place

_FLOWS = Knob(
    slug="flows",
    title="Which flows may begin",
    sentence="What InitiateAuth and AdminInitiateAuth accept as AuthFlow from this app client.",
    place=Place.CLIENT,
    members=("ExplicitAuthFlows",),
    now=meanings.flows,
    cli_remark=remarks.FLOWS,
    template_remark=remarks.FLOWS,
    terraform_remark=remarks.FLOWS_TERRAFORM,
    settings=(
        Setting(
            name="ExplicitAuthFlows",
            label="ExplicitAuthFlows",
            several=True,
            on="{} is on: this app client can begin that flow now.",
            off="{} is off: this app client can no longer begin that flow.",
            where=member(Place.CLIENT, "ExplicitAuthFlows", several=True, terraform="explicit_auth_flows"),
            choices=(
                Choice("ALLOW_USER_SRP_AUTH", "The password is proved and never sent."),
                Choice("ALLOW_USER_PASSWORD_AUTH", "The password is sent; UserMigration needs to see it."),
                Choice("ALLOW_ADMIN_USER_PASSWORD_AUTH", "A server with AWS credentials sends the password."),
                Choice("ALLOW_CUSTOM_AUTH", "Lambda functions decide what is asked."),
                Choice("ALLOW_USER_AUTH", "The person chooses a first factor of those below."),
                Choice(
                    "ALLOW_REFRESH_TOKEN_AUTH",
                    "REFRESH_TOKEN_AUTH renews tokens; GetTokensFromRefreshToken does without.",
                ),
            ),
        ),
    ),
)

_EXISTENCE = Knob(
    slug="existence",
    title="What a stranger learns of a username",
    sentence="Whether an answer tells that there is no such user.",
    place=Place.CLIENT,
    members=("PreventUserExistenceErrors",),
    now=meanings.existence,
    settings=(
        Setting(
            name="PreventUserExistenceErrors",
            label="PreventUserExistenceErrors",
            where=member(
                Place.CLIENT, "PreventUserExistenceErrors", default="LEGACY", terraform="prevent_user_existence_errors"
            ),
            choices=(
                Choice(
                    "ENABLED",
                    "A username that does not exist gets the answer of one that does: NotAuthorizedException, or a "
                    "made-up challenge.",
                ),
                Choice("LEGACY", "UserNotFoundException tells who has no account here."),
            ),
        ),
    ),
)

_SESSION = Knob(
    slug="session",
    title="How long a challenge waits",
    sentence="Cognito's Session, which every answer to a challenge brings back, lasts as long as this.",
    place=Place.CLIENT,
    members=("AuthSessionValidity",),
    now=meanings.session,
    settings=(
        Setting(
            name="AuthSessionValidity",
            label="AuthSessionValidity",
            least=3,
            most=15,
            unit="minutes",
            where=member(
                Place.CLIENT, "AuthSessionValidity", default="3", number=True, terraform="auth_session_validity"
            ),
        ),
    ),
)

_TOKENS = Knob(
    slug="tokens",
    title="How long tokens last",
    sentence="Access and ID tokens from 5 minutes to 1 day, refresh tokens from 1 hour to 10 years.",
    place=Place.CLIENT,
    members=("AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity", "TokenValidityUnits"),
    now=meanings.tokens,
    settings=tuple(
        Setting(
            name=f"{token}Validity",
            label=f"{token}Validity",
            least=1,
            most=315_360_000,
            has_unit=True,
            where=validity(token, terraform=terraform, default=default),
        )
        for token, terraform, default in (
            ("AccessToken", "access_token", "1 hours"),
            ("IdToken", "id_token", "1 hours"),
            ("RefreshToken", "refresh_token", "30 days"),
        )
    ),
)

_FIRST_FACTORS = Knob(
    slug="first-factors",
    title="First factors",
    sentence="What a person can begin with in the choice-based flow, USER_AUTH.",
    place=Place.POOL,
    members=("Policies",),
    now=meanings.first_factors,
    cli_remark=remarks.SMS_COMMAND,
    template_remark=remarks.SMS_COMMAND,
    terraform_remark=remarks.SMS_TERRAFORM,
    settings=(
        Setting(
            name="AllowedFirstAuthFactors",
            label="Policies.SignInPolicy.AllowedFirstAuthFactors",
            several=True,
            on="{} can be the first factor now.",
            off="{} can no longer be the first factor.",
            where=member(
                Place.POOL,
                "Policies.SignInPolicy.AllowedFirstAuthFactors",
                several=True,
                terraform="sign_in_policy.allowed_first_auth_factors",
            ),
            choices=(
                Choice("PASSWORD", "The password, proved by SRP or sent."),
                Choice("EMAIL_OTP", "A code by e-mail."),
                Choice("SMS_OTP", "A code by SMS."),
                Choice("WEB_AUTHN", "A passkey."),
            ),
        ),
    ),
)

_MFA = Knob(
    slug="mfa",
    title="Second factors",
    sentence="Whether something more is asked after the first factor, and what it may be.",
    place=Place.MFA,
    members=("MfaConfiguration", particulars.SMS, particulars.APP, particulars.EMAIL),
    now=meanings.second_factors,
    cli_remark=remarks.MFA_COMMAND,
    template_remark=remarks.MFA_TEMPLATE,
    terraform_remark=remarks.MFA_TERRAFORM,
    settings=(
        Setting(
            name="factors",
            label="The factors",
            several=True,
            on="{} is there now: this second factor can be used.",
            off="{} is gone: this second factor cannot be used any more.",
            where=particulars.FACTORS,
            choices=(
                Choice(particulars.SMS, "A code by SMS (SMS_MFA)."),
                Choice(particulars.APP, "A code of an authenticator app (SOFTWARE_TOKEN_MFA)."),
                Choice(particulars.EMAIL, "A code by e-mail (EMAIL_OTP)."),
            ),
        ),
        Setting(
            name="MfaConfiguration",
            label="MfaConfiguration",
            where=particulars.MODE,
            choices=(
                Choice("OFF", "Nobody is asked for a second factor, and none can be set up."),
                Choice("OPTIONAL", "Whoever has turned a second factor on is asked for it."),
                Choice("ON", "Everybody is asked; whoever has none sets one up while signing in."),
            ),
        ),
    ),
)

_PASSKEYS = Knob(
    slug="passkeys",
    title="Passkeys",
    sentence="Whether a passkey is one factor or both, and whether the authenticator must verify the person.",
    place=Place.MFA,
    members=("WebAuthnConfiguration",),
    now=meanings.passkeys,
    cli_remark=remarks.RELYING_PARTY,
    template_remark=remarks.RELYING_PARTY_TEMPLATE,
    template_beside={"WebAuthnRelyingPartyID": "!Ref RelyingPartyId"},
    terraform_remark=remarks.RELYING_PARTY_TERRAFORM,
    terraform_beside={"web_authn_configuration": {"relying_party_id": "var.relying_party_id"}},
    settings=(
        Setting(
            name="FactorConfiguration",
            label="FactorConfiguration",
            where=member(
                Place.MFA,
                "WebAuthnConfiguration.FactorConfiguration",
                default="SINGLE_FACTOR",
                cloudformation="WebAuthnFactorConfiguration",
                terraform="-",
            ),
            choices=(
                Choice("SINGLE_FACTOR", "A passkey is a first factor and nothing more."),
                Choice("MULTI_FACTOR_WITH_USER_VERIFICATION", "A passkey with user verification counts as both."),
            ),
        ),
        Setting(
            name="UserVerification",
            label="UserVerification",
            where=member(
                Place.MFA,
                "WebAuthnConfiguration.UserVerification",
                default="preferred",
                cloudformation="WebAuthnUserVerification",
                terraform="web_authn_configuration.user_verification",
            ),
            choices=(
                Choice("preferred", "The authenticator asks for finger, face or PIN if it can."),
                Choice("required", "An authenticator that cannot verify the person is refused."),
            ),
        ),
    ),
)

_DEVICES = Knob(
    slug="devices",
    title="Remembered devices",
    sentence="Whether a device that somebody signed in on can stand in for the second factor next time.",
    place=Place.POOL,
    members=("DeviceConfiguration",),
    now=meanings.devices,
    settings=(
        Setting(
            name="remembered",
            label="Devices are remembered",
            where=particulars.REMEMBERING,
            choices=(
                Choice(particulars.NO_DEVICES, "There is no DeviceConfiguration, and no device is offered a key."),
                Choice(particulars.EVERY_DEVICE, "Every device that confirms its key is remembered."),
                Choice(particulars.ON_PROMPT, "A device is remembered when the person says so."),
            ),
        ),
        Setting(
            name="ChallengeRequiredOnNewDevice",
            label="What that spares",
            several=True,
            on="{}: a remembered device answers in place of the second factor now.",
            off="{} is off: a remembered device no longer spares the second factor.",
            where=particulars.CHALLENGE,
            choices=(Choice("ChallengeRequiredOnNewDevice", "Only a new device is asked for the second factor."),),
        ),
    ),
)

_TRIGGERS = Knob(
    slug="triggers",
    title="Triggers",
    sentence="Which Lambda functions Cognito asks. The demo has these; others that you set elsewhere stay.",
    place=Place.POOL,
    members=("LambdaConfig",),
    now=meanings.triggers,
    cli_remark=remarks.CALLED_COMMAND,
    template_remark=remarks.CALLED_TEMPLATE,
    terraform_remark=remarks.CALLED_TERRAFORM,
    settings=(
        Setting(
            name="LambdaConfig",
            label="LambdaConfig",
            several=True,
            on="{} is called now.",
            off="{} is called no more.",
            where=particulars.TRIGGERS,
            choices=(
                Choice("DefineAuthChallenge", "Decides in CUSTOM_AUTH what comes next, and when it is enough."),
                Choice("CreateAuthChallenge", "Makes the question: a picture, a link by e-mail."),
                Choice("VerifyAuthChallengeResponse", "Judges the answer."),
                Choice("UserMigration", "Takes a user over from an older directory at the first sign-in."),
            ),
        ),
    ),
)

KNOBS = (_FLOWS, _EXISTENCE, _SESSION, _TOKENS, _FIRST_FACTORS, _MFA, _PASSKEYS, _DEVICES, _TRIGGERS)


BY_SLUG = {knob.slug: knob for knob in KNOBS}
