"""The cards of client-based flows: the app knows beforehand how somebody signs in."""

from flows.gallery.cards import Answer, Card, Facts, Trying
from flows.gallery.commands import CUSTOM, CUSTOM_PERMISSIONS, ON_CLIENT, ON_POOL, PERMISSION, ROTATING
from flows.terms import AuthFlow, ChallengeName

_NOT_NEEDED = Answer("No", good=True)
_SENT = Answer("Yes", "over TLS", good=False)
_ITS_PASSWORD_PAGE = Answer("Yes", "as its password page", good=True)
_NOT_IN_MANAGED_LOGIN = Answer("No", "only on pages of your own", good=False)
_ASKED_HERE = "A picture or reCAPTCHA comes up, then an e-mail with a link, which the outbox has."
_TYPED_ANYWHERE = Answer("No", "a false page can ask for the password", good=False)

SIGN_INS: tuple[Card, ...] = (
    Card(
        slug="user-srp-auth",
        title="Secure Remote Password",
        names=("USER_SRP_AUTH",),
        flow=AuthFlow.USER_SRP_AUTH,
        challenge=ChallengeName.PASSWORD_VERIFIER,
        factors="Password, by proof",
        needs="ALLOW_USER_SRP_AUTH",
        use="The default for passwords, in Amplify too: choose it unless something else forces your hand.",
        trade_offs="Nothing on the way can log or leak the password. It takes a second call and arithmetic in the "
        "browser, and functions that must see a password, such as UserMigration, never get one.",
        commands=(ON_CLIENT.format(flow="ALLOW_USER_SRP_AUTH"),),
        amplify="await signIn({ username, password })",
        docs="flows/user-srp-auth",
        trying=Trying(entry="USER_SRP_AUTH"),
        facts=Facts(
            leaves_browser=Answer("No", "a proof does", good=True),
            seen_here=Answer("No", "but for browsers without JavaScript", good=True),
            seen_by_cognito=Answer("No", "only when it is set", good=True),
            phishing=_TYPED_ANYWHERE,
            calls=2,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=_ITS_PASSWORD_PAGE,
        ),
    ),
    Card(
        slug="user-password-auth",
        title="Plain password",
        names=("USER_PASSWORD_AUTH",),
        flow=AuthFlow.USER_PASSWORD_AUTH,
        factors="Password",
        needs="ALLOW_USER_PASSWORD_AUTH",
        use="For clients that cannot do SRP, and while users move in from an older directory.",
        trade_offs="One call and no arithmetic, so it is easy to write and to debug. Whoever can read requests, in a "
        "log or behind a proxy that ends TLS, reads the password too.",
        commands=(ON_CLIENT.format(flow="ALLOW_USER_PASSWORD_AUTH"),),
        amplify='await signIn({ username, password, options: { authFlowType: "USER_PASSWORD_AUTH" } })',
        docs="flows/user-password-auth",
        trying=Trying(entry="USER_PASSWORD_AUTH"),
        facts=Facts(
            leaves_browser=_SENT,
            seen_here=Answer("Yes", good=False),
            seen_by_cognito=Answer("Yes", good=False),
            phishing=_TYPED_ANYWHERE,
            calls=1,
            functions=_NOT_NEEDED,
            signed=_NOT_NEEDED,
            managed_login=_ITS_PASSWORD_PAGE,
        ),
    ),
    Card(
        slug="user-migration",
        title="Plain password, with user migration",
        names=("USER_PASSWORD_AUTH", "UserMigration"),
        flow=AuthFlow.USER_PASSWORD_AUTH,
        factors="Password of an older directory",
        needs="ALLOW_USER_PASSWORD_AUTH",
        pool="A UserMigration function in the pool's LambdaConfig",
        use="Moves people over one by one, with the passwords they have, as they sign in.",
        trade_offs="Nobody has to choose a new password. The function sees every password of a name that the pool "
        "does not know, so it must log none of them. Once people have moved, go back to SRP.",
        commands=(
            ON_CLIENT.format(flow="ALLOW_USER_PASSWORD_AUTH"),
            ON_POOL.format(what="--lambda-config UserMigration=$FUNCTION_ARN"),
            PERMISSION.format(function="$FUNCTION_ARN"),
        ),
        amplify='await signIn({ username, password, options: { authFlowType: "USER_PASSWORD_AUTH" } })',
        docs="flows/user-password-auth",
        trying=Trying(
            entry="USER_PASSWORD_AUTH",
            username="ivan",
            then="It happens once: from then on ivan is in the pool, and any flow signs him in.",
        ),
        facts=Facts(
            leaves_browser=_SENT,
            seen_here=Answer("Yes", good=False),
            seen_by_cognito=Answer("Yes", "and so does your function", good=False),
            phishing=_TYPED_ANYWHERE,
            calls=1,
            functions=Answer("Yes", "one: UserMigration"),
            signed=_NOT_NEEDED,
            managed_login=Answer("Yes", "as its password page", good=True),
        ),
    ),
    Card(
        slug="admin-user-password-auth",
        title="Plain password, through your server",
        names=("ADMIN_USER_PASSWORD_AUTH",),
        flow=AuthFlow.ADMIN_USER_PASSWORD_AUTH,
        also=(AuthFlow.ADMIN_NO_SRP_AUTH,),
        factors="Password",
        needs="ALLOW_ADMIN_USER_PASSWORD_AUTH",
        pool="AWS credentials for the server, with cognito-idp:AdminInitiateAuth and AdminRespondToAuthChallenge",
        use="When only your own server may sign people in: an app client that allows nothing else is of no use to "
        "anybody without the credentials.",
        trade_offs="The server holds AWS credentials and sees passwords, so both need care. Where devices are "
        "tracked, AWS later refuses the refresh tokens of this flow. Amplify has no call for it.",
        commands=(ON_CLIENT.format(flow="ALLOW_ADMIN_USER_PASSWORD_AUTH"),),
        docs="flows/admin-user-password-auth",
        trying=Trying(entry="ADMIN_USER_PASSWORD_AUTH"),
        facts=Facts(
            leaves_browser=_SENT,
            seen_here=Answer("Yes", good=False),
            seen_by_cognito=Answer("Yes", good=False),
            phishing=_TYPED_ANYWHERE,
            calls=1,
            functions=_NOT_NEEDED,
            signed=Answer("Yes", "SigV4, with credentials of the server"),
            managed_login=Answer("No", "an API for servers", good=False),
        ),
    ),
    Card(
        slug="custom-without-srp",
        title="Your own questions",
        names=("CUSTOM_WITHOUT_SRP", "CUSTOM_AUTH"),
        flow=AuthFlow.CUSTOM_AUTH,
        challenge=ChallengeName.CUSTOM_CHALLENGE,
        factors="Whatever your functions ask: here a picture, then a link by e-mail",
        needs="ALLOW_CUSTOM_AUTH",
        pool="DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse in the pool's LambdaConfig",
        use="For proofs that Cognito does not have: a CAPTCHA, a link by e-mail, a token of another system.",
        trade_offs="You decide everything, and everything is yours to get right: tries, expiry, what is told about "
        "names that nobody has. Cognito adds no second factor to it.",
        commands=(
            ON_CLIENT.format(flow="ALLOW_CUSTOM_AUTH"),
            ON_POOL.format(what=f"--lambda-config {CUSTOM}"),
            *CUSTOM_PERMISSIONS,
        ),
        amplify='await signIn({ username, options: { authFlowType: "CUSTOM_WITHOUT_SRP" } })',
        docs="flows/custom-auth",
        trying=Trying(entry="CUSTOM_WITHOUT_SRP", about="answers questions and needs no password", then=_ASKED_HERE),
        facts=Facts(
            leaves_browser=Answer("None", "there is no password", good=True),
            seen_here=Answer("None", good=True),
            seen_by_cognito=Answer("None", good=True),
            phishing=Answer("Depends", "on what you ask"),
            calls=2,
            calls_note="with one question; one more for each further one",
            functions=Answer("Yes", "three"),
            signed=_NOT_NEEDED,
            managed_login=_NOT_IN_MANAGED_LOGIN,
        ),
    ),
    Card(
        slug="custom-with-srp",
        title="Password by proof, then your own questions",
        names=("CUSTOM_WITH_SRP", "CUSTOM_AUTH"),
        flow=AuthFlow.CUSTOM_AUTH,
        challenge=ChallengeName.CUSTOM_CHALLENGE,
        factors="Password by proof, then whatever your functions ask",
        needs="ALLOW_CUSTOM_AUTH",
        pool="DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse in the pool's LambdaConfig",
        use="A password that stays in the browser, and a check of your own beside it, such as reCAPTCHA.",
        trade_offs="DefineAuthChallenge has to name PASSWORD_VERIFIER itself: a function that forgets to signs people "
        "in without their password. More calls and more moving parts than any other flow.",
        commands=(
            ON_CLIENT.format(flow="ALLOW_CUSTOM_AUTH"),
            ON_POOL.format(what=f"--lambda-config {CUSTOM}"),
            *CUSTOM_PERMISSIONS,
        ),
        amplify='await signIn({ username, password, options: { authFlowType: "CUSTOM_WITH_SRP" } })',
        docs="flows/custom-auth",
        trying=Trying(entry="CUSTOM_WITH_SRP", about="gives a password, then answers questions", then=_ASKED_HERE),
        facts=Facts(
            leaves_browser=Answer("No", "a proof does", good=True),
            seen_here=Answer("No", "but for browsers without JavaScript", good=True),
            seen_by_cognito=Answer("No", "only when it is set", good=True),
            phishing=Answer("Depends", "on what you ask"),
            calls=3,
            calls_note="with one question; one more for each further one",
            functions=Answer("Yes", "three"),
            signed=_NOT_NEEDED,
            managed_login=_NOT_IN_MANAGED_LOGIN,
        ),
    ),
)

REFRESH = Card(
    slug="refresh-token-auth",
    title="Refresh tokens",
    names=("GetTokensFromRefreshToken", "REFRESH_TOKEN_AUTH"),
    flow=AuthFlow.REFRESH_TOKEN_AUTH,
    also=(AuthFlow.REFRESH_TOKEN,),
    factors="The refresh token of an earlier sign-in",
    pool="Nothing for GetTokensFromRefreshToken; ALLOW_REFRESH_TOKEN_AUTH of the app client for REFRESH_TOKEN_AUTH",
    use="Keeps people signed in when their tokens run out, without asking them anything. Every flow leads here.",
    trade_offs="Whoever copies a refresh token is signed in, so it belongs where no script reads it. With rotation "
    "every use brings a new one and a copy is noticed. GetTokensFromRefreshToken works with rotation and without, and "
    "needs no ALLOW_ value; REFRESH_TOKEN_AUTH is the older way, and refused where tokens rotate.",
    commands=(
        ON_CLIENT.format(flow="ALLOW_USER_SRP_AUTH"),
        ROTATING,
    ),
    either=("For REFRESH_TOKEN_AUTH:", "Or with rotation, for GetTokensFromRefreshToken alone:"),
    amplify="await fetchAuthSession({ forceRefresh: true })",
    docs="flows/refresh-token-auth",
    trying=Trying(
        entry="USER_SRP_AUTH",
        then="“Renew tokens now” on the account page does it at once; by itself this site does it a minute before they "
        "run out. It calls GetTokensFromRefreshToken, and REFRESH_TOKEN_AUTH only where a server does not know that.",
    ),
    facts=Facts(
        leaves_browser=Answer("None", "there is no password", good=True),
        seen_here=Answer("None", "it keeps the refresh token, sealed", good=True),
        seen_by_cognito=Answer("None", good=True),
        phishing=Answer("Yes", "nobody is asked anything", good=True),
        calls=1,
        functions=_NOT_NEEDED,
        signed=_NOT_NEEDED,
        managed_login=Answer("Yes", "at its token endpoint", good=True),
    ),
)
