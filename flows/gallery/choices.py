"""The cards of USER_AUTH: by choice, and with each first factor preferred."""

from flows.gallery.cards import TIER, Answer, Card, Facts, Trying
from flows.gallery.commands import FIRST_FACTORS, ON_CLIENT, ON_MFA
from flows.terms import AuthFlow, FirstFactor

_ALLOWED = ON_CLIENT.format(flow="ALLOW_USER_AUTH")
_NONE = Answer("None", "there is no password", good=True)
_UNSEEN = Answer("None", good=True)
_NOT_NEEDED = Answer("No", good=True)
_CODE_RELAYED = Answer("No", "a false page can pass the code on", good=False)
_ONE_OF_ITS_CHOICES = Answer("Yes", "as one of its choices; not in the classic hosted UI", good=True)


def _preferring(factor: FirstFactor, *, password: bool = False) -> str:
    given = "username, password" if password else "username"
    return f'await signIn({{ {given}, options: {{ authFlowType: "USER_AUTH", preferredChallenge: "{factor}" }} }})'


CHOICES: tuple[Card, ...] = (
    Card(
        slug="user-auth",
        title="By choice",
        names=("USER_AUTH",),
        flow=AuthFlow.USER_AUTH,
        factors="Passkey, password or a code, whichever the person has and prefers",
        needs="ALLOW_USER_AUTH",
        pool=f"AllowedFirstAuthFactors in the pool's SignInPolicy; {TIER}",
        use="For new sites: one app client setting, and people move from passwords to passkeys when they like.",
        trade_offs="It is the only way to passkeys and to codes in place of a password. A name that nobody has gets "
        "an invented answer, if PreventUserExistenceErrors is on. UserMigration runs only when a password comes "
        "along.",
        commands=(_ALLOWED, FIRST_FACTORS.format(factors="PASSWORD,EMAIL_OTP,SMS_OTP,WEB_AUTHN")),
        amplify='await signIn({ username, options: { authFlowType: "USER_AUTH" } })',
        docs="flows/user-auth",
        trying=Trying(entry="USER_AUTH", username="judy", preferred="SELECT_CHALLENGE"),
        facts=Facts(
            leaves_browser=Answer("Depends", "on the choice"),
            seen_here=Answer("Depends", "on the choice"),
            seen_by_cognito=Answer("Depends", "on the choice"),
            phishing=Answer("Depends", "on the choice"),
            calls=3,
            calls_note="with a code, a passkey or a proof; a plain password takes 2",
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=Answer("Yes", "not in the classic hosted UI", good=True),
        ),
    ),
    Card(
        slug="user-auth-password-srp",
        title="By choice: password, by proof",
        names=("USER_AUTH", "PASSWORD_SRP"),
        flow=AuthFlow.USER_AUTH,
        factors="Password, by proof",
        needs="ALLOW_USER_AUTH",
        pool=f"PASSWORD among AllowedFirstAuthFactors; {TIER}",
        use="What USER_SRP_AUTH does, inside the choice: for people who said last time that they prefer a password.",
        trade_offs="The same proof, and people can still change their minds. The first answer carries a Session, "
        "unlike that of USER_SRP_AUTH.",
        commands=(_ALLOWED, FIRST_FACTORS.format(factors="PASSWORD")),
        amplify=_preferring(FirstFactor.PASSWORD_SRP, password=True),
        docs="flows/user-auth",
        trying=Trying(entry="USER_AUTH", preferred=FirstFactor.PASSWORD_SRP),
        facts=Facts(
            leaves_browser=Answer("No", "a proof does", good=True),
            seen_here=Answer("No", "but for browsers without JavaScript", good=True),
            seen_by_cognito=Answer("No", "only when it is set", good=True),
            phishing=Answer("No", "a false page can ask for the password", good=False),
            calls=2,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=Answer("Yes", "as its password page", good=True),
        ),
    ),
    Card(
        slug="user-auth-password",
        title="By choice: plain password",
        names=("USER_AUTH", "PASSWORD"),
        flow=AuthFlow.USER_AUTH,
        factors="Password",
        needs="ALLOW_USER_AUTH",
        pool=f"PASSWORD among AllowedFirstAuthFactors; {TIER}",
        use="What USER_PASSWORD_AUTH does, inside the choice: for clients that cannot do SRP.",
        trade_offs="One call when the password comes along at once. A pool that has PASSWORD for the choice has "
        "PASSWORD_SRP too, so there is seldom a reason to send the password itself.",
        commands=(_ALLOWED, FIRST_FACTORS.format(factors="PASSWORD")),
        amplify=_preferring(FirstFactor.PASSWORD, password=True),
        docs="flows/user-auth",
        trying=Trying(entry="USER_AUTH", preferred=FirstFactor.PASSWORD),
        facts=Facts(
            leaves_browser=Answer("Yes", "over TLS", good=False),
            seen_here=Answer("Yes", good=False),
            seen_by_cognito=Answer("Yes", good=False),
            phishing=Answer("No", "a false page can ask for the password", good=False),
            calls=1,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=Answer("Yes", "as its password page", good=True),
        ),
    ),
    Card(
        slug="user-auth-email-otp",
        title="By choice: a code by e-mail",
        names=("USER_AUTH", "EMAIL_OTP"),
        flow=AuthFlow.USER_AUTH,
        factors="A code that goes to the e-mail address",
        needs="ALLOW_USER_AUTH",
        pool=f"EMAIL_OTP among AllowedFirstAuthFactors, MFA not required, an e-mail address; {TIER}",
        use="For people who come seldom and would have forgotten a password.",
        trade_offs="As safe as the mailbox, and as quick. Whoever signs in so has no second factor, and whoever has "
        "one cannot sign in so. The code proves the address on the way.",
        commands=(_ALLOWED, FIRST_FACTORS.format(factors="PASSWORD,EMAIL_OTP")),
        amplify=_preferring(FirstFactor.EMAIL_OTP),
        docs="flows/user-auth",
        trying=Trying(entry="USER_AUTH", username="judy", preferred=FirstFactor.EMAIL_OTP),
        facts=Facts(
            leaves_browser=_NONE,
            seen_here=_UNSEEN,
            seen_by_cognito=_UNSEEN,
            phishing=_CODE_RELAYED,
            calls=2,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=_ONE_OF_ITS_CHOICES,
        ),
    ),
    Card(
        slug="user-auth-sms-otp",
        title="By choice: a code by SMS",
        names=("USER_AUTH", "SMS_OTP"),
        flow=AuthFlow.USER_AUTH,
        factors="A code that goes to the telephone",
        needs="ALLOW_USER_AUTH",
        pool=f"SMS_OTP among AllowedFirstAuthFactors, MFA not required, a phone number; {TIER}",
        use="Where people have a telephone number and nothing else.",
        trade_offs="Every message costs, and messages can be rerouted with the number (SIM swap). The same rules "
        "about second factors hold as for e-mail.",
        commands=(_ALLOWED, FIRST_FACTORS.format(factors="PASSWORD,SMS_OTP")),
        amplify=_preferring(FirstFactor.SMS_OTP),
        docs="flows/user-auth",
        trying=Trying(entry="USER_AUTH", username="judy", preferred=FirstFactor.SMS_OTP),
        facts=Facts(
            leaves_browser=_NONE,
            seen_here=_UNSEEN,
            seen_by_cognito=_UNSEEN,
            phishing=_CODE_RELAYED,
            calls=2,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=_ONE_OF_ITS_CHOICES,
        ),
    ),
    Card(
        slug="user-auth-web-authn",
        title="By choice: a passkey",
        names=("USER_AUTH", "WEB_AUTHN"),
        flow=AuthFlow.USER_AUTH,
        factors="A passkey: the device, and the person's fingerprint, face or PIN",
        needs="ALLOW_USER_AUTH",
        pool=f"WEB_AUTHN beside another first factor, a RelyingPartyId, a passkey of the user's; {TIER}",
        use="Wherever people have a phone or laptop of the last years. Quicker than any password, and safer.",
        trade_offs="It is bound to this site's domain, so a false page gets nothing. A passkey has to be made first, "
        "after another way of signing in. It counts for both factors only if the pool is told so.",
        commands=(
            _ALLOWED,
            FIRST_FACTORS.format(factors="PASSWORD,WEB_AUTHN"),
            ON_MFA.format(what="--web-authn-configuration RelyingPartyId=$DOMAIN,UserVerification=preferred"),
        ),
        amplify=_preferring(FirstFactor.WEB_AUTHN),
        docs="flows/user-auth",
        trying=Trying(
            entry="USER_AUTH",
            username="carol",
            about="signs in with a passkey, once she has one",
            preferred=FirstFactor.WEB_AUTHN,
            passkey=True,
        ),
        facts=Facts(
            leaves_browser=_NONE,
            seen_here=_UNSEEN,
            seen_by_cognito=_UNSEEN,
            phishing=Answer("Yes", "bound to the domain", good=True),
            calls=2,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=_ONE_OF_ITS_CHOICES,
        ),
    ),
)
