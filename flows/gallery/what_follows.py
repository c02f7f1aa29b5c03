"""The cards of what may follow upon the first factor, in any flow but the passwordless ones."""

from flows.gallery.cards import Card, Trying
from flows.gallery.commands import ON_MFA, ON_POOL, PREFERENCE, TEMPORARY
from flows.terms import AuthFlow, ChallengeName

_SRP = AuthFlow.USER_SRP_AUTH

WHAT_FOLLOWS: tuple[Card, ...] = (
    Card(
        slug="sms-mfa",
        title="A second factor by SMS",
        names=("SMS_MFA",),
        flow=_SRP,
        challenge=ChallengeName.SMS_MFA,
        factors="Password, and a code that goes to the telephone",
        pool="MFA optional or required, SMS set up; the user has turned it on",
        use="A second factor for people who want no app.",
        trade_offs="Better than none. Messages cost, arrive late, and can be rerouted with the number. One more call.",
        commands=(PREFERENCE.format(what="--sms-mfa-settings Enabled=true,PreferredMfa=true"),),
        amplify="await confirmSignIn({ challengeResponse: code })",
        docs="steps/sms-mfa",
        trying=Trying(entry=_SRP, username="frank"),
    ),
    Card(
        slug="software-token-mfa",
        title="A second factor by authenticator app",
        names=("SOFTWARE_TOKEN_MFA",),
        flow=_SRP,
        challenge=ChallengeName.SOFTWARE_TOKEN_MFA,
        factors="Password, and a code that an app computes (TOTP)",
        pool="MFA optional or required, SoftwareTokenMfaConfiguration enabled; the user has an app registered",
        use="The second factor that costs nothing and works without a network.",
        trade_offs="Six digits that a false page can still pass on within half a minute. A lost telephone needs "
        "another way back in. One more call.",
        commands=(PREFERENCE.format(what="--software-token-mfa-settings Enabled=true,PreferredMfa=true"),),
        amplify="await confirmSignIn({ challengeResponse: code })",
        docs="steps/totp-mfa",
        trying=Trying(entry=_SRP, username="grace"),
    ),
    Card(
        slug="select-mfa-type",
        title="A choice of second factors",
        names=("SELECT_MFA_TYPE",),
        flow=_SRP,
        challenge=ChallengeName.SELECT_MFA_TYPE,
        factors="Password, and whichever second factor the person picks",
        pool="Several second factors turned on for the user, and none preferred",
        use="When people have more than one, and should decide on the day.",
        trade_offs="Asks one question more than a preferred factor would. Two more calls: the choice, then the code.",
        commands=(PREFERENCE.format(what="--sms-mfa-settings Enabled=true --email-mfa-settings Enabled=true"),),
        amplify='await confirmSignIn({ challengeResponse: "EMAIL" })',
        docs="steps/mfa-type",
        trying=Trying(entry=_SRP, username="heidi"),
    ),
    Card(
        slug="mfa-setup",
        title="Setting a second factor up while signing in",
        names=("MFA_SETUP",),
        flow=_SRP,
        challenge=ChallengeName.MFA_SETUP,
        factors="Password, then an authenticator app or e-mail address that becomes the second factor",
        pool="MFA required, and a user without any: no app, and no address or number that codes may go to",
        use="When a second factor becomes a rule, and people are to get theirs at the next sign-in.",
        trade_offs="Whoever knows only the password sets the factor up, for this once. For an app it takes three more "
        "calls: AssociateSoftwareToken, VerifySoftwareToken and the answer.",
        commands=(ON_MFA.format(what="--mfa-configuration ON --software-token-mfa-configuration Enabled=true"),),
        amplify="await confirmSignIn({ challengeResponse: code })",
        docs="steps/totp-setup",
        trying=Trying(
            entry=_SRP,
            playground="leave PASSWORD as the only first factor, then require MFA by authenticator app alone",
            knob="first-factors",
        ),
    ),
    Card(
        slug="remembered-device",
        title="A remembered device",
        names=("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"),
        flow=_SRP,
        challenge=ChallengeName.DEVICE_SRP_AUTH,
        factors="Password, and the device's own proof in place of the second factor",
        pool="A DeviceConfiguration; ChallengeRequiredOnNewDevice for the device to spare the second factor",
        use="Spares people the second factor where they have given it before.",
        trade_offs="Nobody notices the two more calls. The device keeps a secret that is as good as the second "
        "factor, and tokens are renewed only with the device's key. Managed login remembers no devices.",
        commands=(
            ON_POOL.format(
                what="--device-configuration ChallengeRequiredOnNewDevice=true,DeviceOnlyRememberedOnUserPrompt=false"
            ),
        ),
        amplify="await rememberDevice()",
        docs="steps/device-srp",
        trying=Trying(
            entry=_SRP,
            username="frank",
            playground="let the pool remember devices",
            knob="devices",
            then="Sign in twice: the second time nobody asks for a code.",
        ),
    ),
    Card(
        slug="new-password-required",
        title="A temporary password",
        names=("NEW_PASSWORD_REQUIRED",),
        flow=_SRP,
        challenge=ChallengeName.NEW_PASSWORD_REQUIRED,
        factors="The temporary password, then one of the person's own",
        pool="A user in FORCE_CHANGE_PASSWORD, as AdminCreateUser makes them",
        use="For people whom an administrator invites.",
        trade_offs="Required attributes that are missing are asked for at the same time. A temporary password "
        "expires, after a week unless the pool says otherwise, and only an administrator gives another. One more "
        "call.",
        commands=(TEMPORARY,),
        amplify="await confirmSignIn({ challengeResponse: newPassword })",
        docs="steps/new-password",
        trying=Trying(entry=_SRP, username="bob"),
    ),
    Card(
        slug="reset-password",
        title="A password that must be reset",
        names=("PasswordResetRequiredException", "RESET_PASSWORD"),
        flow=_SRP,
        factors="A code, then a new password, then the sign-in anew",
        pool="A user in RESET_REQUIRED, as AdminResetUserPassword leaves them",
        use="When a password may be known to others, or people were imported without one.",
        trade_offs="It is no challenge but a refusal: nothing of the sign-in goes on afterwards. Two calls, "
        "ForgotPassword and ConfirmForgotPassword, before the sign-in starts again.",
        commands=("aws cognito-idp admin-reset-user-password --user-pool-id $POOL_ID --username $NAME",),
        amplify="await resetPassword({ username })\n"
        "await confirmResetPassword({ username, confirmationCode, newPassword })",
        docs="account",
        trying=Trying(entry=_SRP, username="erin"),
    ),
    Card(
        slug="disabled-user",
        title="A disabled user",
        names=("NotAuthorizedException",),
        flow=_SRP,
        factors="None helps",
        pool="A user whom AdminDisableUser has disabled",
        use="To keep somebody out without deleting anything.",
        trade_offs="Sign-in ends with a refusal and refresh tokens are refused too. Access tokens that are out count "
        "until they expire, unless whoever accepts them asks the pool.",
        commands=("aws cognito-idp admin-disable-user --user-pool-id $POOL_ID --username $NAME",),
        docs="protocol/errors",
        trying=Trying(entry=_SRP, username="dave"),
    ),
)
