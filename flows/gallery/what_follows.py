"""The cards of what may follow upon the first factor, in any flow but the passwordless ones."""

from flows.gallery.cards import TIER, Card, Change, Trying
from flows.gallery.commands import ON_MFA, ON_POOL, PREFERENCE, TEMPORARY
from flows.terms import AuthFlow, ChallengeName

_SRP = AuthFlow.USER_SRP_AUTH
_EMAIL_NEEDS = f"an EmailConfiguration with DEVELOPER, more ways to recover an account than e-mail alone, {TIER}"
_REACHED_NOWHERE = "a user with neither an address nor another factor"
_PASSWORD_ALONE = Change(
    knob="first-factors",
    text="leave PASSWORD as the only first factor",
    settings={"AllowedFirstAuthFactors": ("PASSWORD",)},
)


def _required(words: str, *blocks: str) -> Change:
    return Change(
        knob="mfa",
        text=f"require MFA {words}",
        settings={"factors": blocks, "MfaConfiguration": ("ON",)},
    )


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
        slug="email-mfa",
        title="A second factor by e-mail",
        names=("EMAIL_OTP",),
        flow=_SRP,
        challenge=ChallengeName.EMAIL_OTP,
        factors="Password, and a code that goes to the e-mail address",
        pool=f"MFA optional or required, EmailMfaConfiguration, {_EMAIL_NEEDS}; the user has turned it on",
        use="A second factor for everybody who has a mailbox, and nothing to install.",
        trade_offs="As safe as the mailbox, which often resets the password too: let accounts be recovered in another "
        "way as well. Whoever has it cannot begin with a code. One more call.",
        commands=(
            ON_POOL.format(
                what="--email-configuration EmailSendingAccount=DEVELOPER,SourceArn=$SES_ARN "
                "--account-recovery-setting 'RecoveryMechanisms=[{Priority=1,Name=verified_phone_number},"
                "{Priority=2,Name=verified_email}]'"
            ),
            ON_MFA.format(what="--mfa-configuration OPTIONAL --email-mfa-configuration '{}'"),
            PREFERENCE.format(what="--email-mfa-settings Enabled=true,PreferredMfa=true"),
        ),
        amplify="await confirmSignIn({ challengeResponse: code })",
        docs="steps/email-otp",
        trying=Trying(entry=_SRP, username="kim"),
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
        title="Setting up an authenticator app",
        names=("MFA_SETUP",),
        flow=_SRP,
        challenge=ChallengeName.MFA_SETUP,
        factors="Password, then an authenticator app that becomes the second factor",
        pool="MFA required, and a user without any: no app, and no address or number that codes may go to",
        use="When a second factor becomes a rule, and people are to get theirs at the next sign-in.",
        trade_offs="Whoever knows only the password sets the factor up, for this once. It takes three more calls: "
        "AssociateSoftwareToken, VerifySoftwareToken and the answer.",
        commands=(ON_MFA.format(what="--mfa-configuration ON --software-token-mfa-configuration Enabled=true"),),
        amplify="await confirmSignIn({ challengeResponse: code })",
        docs="steps/totp-setup",
        trying=Trying(
            entry=_SRP,
            first=(_PASSWORD_ALONE, _required("by authenticator app alone", "SoftwareTokenMfaConfiguration")),
            afresh=True,
        ),
    ),
    Card(
        slug="email-mfa-setup",
        title="Setting up e-mail as a second factor",
        names=("MFA_SETUP", "EMAIL_OTP"),
        flow=_SRP,
        challenge=ChallengeName.MFA_SETUP,
        factors="Password, then an e-mail address, and the code that goes there",
        pool=f"MFA required, EmailMfaConfiguration, {_EMAIL_NEEDS}; {_REACHED_NOWHERE}",
        use="When a second factor becomes a rule, for people of whom nothing is known but a name: they say where at "
        "the next sign-in.",
        trade_offs="Whoever knows only the password says where the codes go, for this once. Two more calls: the "
        "address, then the code. Where an app is allowed too, people choose between them.",
        commands=(ON_MFA.format(what="--mfa-configuration ON --email-mfa-configuration '{}'"),),
        amplify="await confirmSignIn({ challengeResponse: emailAddress })\n"
        "await confirmSignIn({ challengeResponse: code })",
        docs="steps/email-setup",
        trying=Trying(
            entry=_SRP,
            username="mona",
            first=(_PASSWORD_ALONE, _required("by e-mail alone", "EmailMfaConfiguration")),
            afresh=True,
        ),
    ),
    Card(
        slug="mfa-setup-choice",
        title="A choice of what to set up",
        names=("MFA_SETUP", "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION"),
        flow=_SRP,
        challenge=ChallengeName.MFA_SETUP,
        factors="Password, then an authenticator app or an e-mail address, whichever the person picks",
        pool=f"MFA required with both, {_EMAIL_NEEDS}; {_REACHED_NOWHERE}",
        use="When a second factor becomes a rule, and people are to decide themselves what it is.",
        trade_offs="Whoever knows only the password decides, for this once. The choice itself is no call: it tells "
        "which of the two set-ups comes, in the same Session. A telephone cannot be set up while signing in.",
        commands=(
            ON_MFA.format(
                what="--mfa-configuration ON --software-token-mfa-configuration Enabled=true "
                "--email-mfa-configuration '{}'"
            ),
        ),
        amplify='await confirmSignIn({ challengeResponse: "TOTP" }) // or "EMAIL", then\n'
        "// await confirmSignIn({ challengeResponse: emailAddress })\n"
        "await confirmSignIn({ challengeResponse: code })",
        docs="steps/mfa-setup-choice",
        trying=Trying(
            entry=_SRP,
            username="mona",
            first=(
                _PASSWORD_ALONE,
                _required("by authenticator app or e-mail", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"),
            ),
            afresh=True,
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
        "factor, and tokens are renewed only with the device's key. A pool that remembers every device needs no "
        "rememberDevice(). Managed login remembers no devices.",
        commands=(
            ON_POOL.format(
                what="--device-configuration ChallengeRequiredOnNewDevice=true,DeviceOnlyRememberedOnUserPrompt=true"
            ),
        ),
        amplify="await rememberDevice()",
        docs="steps/device-srp",
        trying=Trying(
            entry=_SRP,
            username="frank",
            first=(
                Change(
                    knob="devices",
                    text="let the pool remember devices, in place of the second factor",
                    settings={
                        "remembered": ("User opt-in",),
                        "ChallengeRequiredOnNewDevice": ("ChallengeRequiredOnNewDevice",),
                    },
                ),
            ),
            then="Sign in twice, and the first time let this device be remembered: the second time nobody asks for a "
            "code.",
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
        trying=Trying(entry=_SRP, username="bob", afresh=True),
    ),
    Card(
        slug="reset-password",
        title="A password that must be reset",
        names=("PasswordResetRequiredException", "RESET_PASSWORD"),
        flow=_SRP,
        factors="A code, then a new password, then the sign-in anew",
        pool="A user in RESET_REQUIRED, as AdminResetUserPassword leaves them",
        use="When a password may be known to others, or people were imported without one.",
        trade_offs="It is no challenge but a refusal: nothing of the sign-in goes on afterwards. One call, "
        "ConfirmForgotPassword with the code that AdminResetUserPassword sent, before the sign-in starts again; "
        "ForgotPassword sends another, and to imported users their first.",
        commands=("aws cognito-idp admin-reset-user-password --user-pool-id $POOL_ID --username $NAME",),
        amplify="await confirmResetPassword({ username, confirmationCode, newPassword })\n"
        "// Another code: await resetPassword({ username })",
        docs="account",
        trying=Trying(entry=_SRP, username="erin", afresh=True),
    ),
    Card(
        slug="unconfirmed-user",
        title="A user who is not confirmed yet",
        names=("UserNotConfirmedException", "CONFIRM_SIGN_UP"),
        flow=_SRP,
        factors="The code that SignUp sent, then the sign-in anew",
        pool="A user in UNCONFIRMED, as SignUp leaves them until the code, or an administrator, confirms them",
        use="Where people sign up by themselves, and are to prove their address first.",
        trade_offs="It is no challenge but a refusal: nothing of the sign-in goes on afterwards. One call, "
        "ConfirmSignUp, before the sign-in starts again; ResendConfirmationCode where the code is lost or has expired.",
        commands=(
            "aws cognito-idp resend-confirmation-code --client-id $CLIENT_ID --username $NAME",
            "aws cognito-idp confirm-sign-up --client-id $CLIENT_ID --username $NAME --confirmation-code $CODE",
        ),
        amplify="await resendSignUpCode({ username })\nawait confirmSignUp({ username, confirmationCode })",
        docs="protocol/codes",
        trying=Trying(
            entry=_SRP,
            username="leo",
            then="This site has no page for the code, so the refusal is where it ends here. The commands on the "
            "page of this card confirm him; once confirmed, he stays so.",
        ),
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
