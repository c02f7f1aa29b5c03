"""Who plays in the demo, and the app clients they sign in with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flows.terms import ChallengeName, UserStatus

Choose = Callable[[int], int]  # n -> an even choice from 0 up to but not including n


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A user of the demo, told to people by ``about``, in which ``{secret}`` is that of the authenticator app."""

    username: str
    name: str
    about: str
    status: UserStatus = UserStatus.CONFIRMED
    enabled: bool = True
    groups: tuple[str, ...] = ()
    email: bool = True  # has an address, username@example.com
    phone_number: str = ""
    mfa: tuple[ChallengeName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app client of the demo: members of CreateUserPoolClient."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)


ROLES = (
    Role(username="alice", name="Alice Ardent", about="signs in with a password and nothing more"),
    Role(
        username="bob",
        name="Bob Brandt",
        about="has a temporary password and must choose a new one",
        status=UserStatus.FORCE_CHANGE_PASSWORD,
    ),
    Role(username="carol", name="Carol Castle", about="is in the group admins", groups=("admins",)),
    Role(username="dave", name="Dave Dorn", about="is disabled and is turned away", enabled=False),
    Role(
        username="erin",
        name="Erin Ebert",
        about="must reset the password before signing in",
        status=UserStatus.RESET_REQUIRED,
    ),
    Role(
        username="frank",
        name="Frank Forster",
        about="gives a code from an SMS as a second factor; the outbox has it",
        phone_number="+15555550106",
        mfa=(ChallengeName.SMS_MFA,),
    ),
    Role(
        username="grace",
        name="Grace Grant",
        about="gives a code of an authenticator app, whose secret is {secret}",
        mfa=(ChallengeName.SOFTWARE_TOKEN_MFA,),
    ),
    Role(
        username="heidi",
        name="Heidi Holt",
        about="chooses between an SMS and an e-mail as a second factor",
        phone_number="+15555550108",
        mfa=(ChallengeName.SMS_MFA, ChallengeName.EMAIL_OTP),
    ),
    Role(
        username="judy",
        name="Judy Jansen",
        about="has a telephone and no second factor: a code by SMS or e-mail can stand in for the password",
        phone_number="+15555550110",
    ),
    Role(
        username="kim",
        name="Kim Kessler",
        about="gives a code from an e-mail as a second factor; the outbox has it",
        mfa=(ChallengeName.EMAIL_OTP,),
    ),
    Role(
        username="leo",
        name="Leo Lang",
        about="has signed up, has not confirmed it and is turned away",
        status=UserStatus.UNCONFIRMED,
    ),
    Role(
        username="mona",
        name="Mona Moser",
        about="has no e-mail address and no telephone, so there is nowhere to send a code yet",
        email=False,
    ),
)

# Known to another directory only, until the first sign-in that shows the password (UserMigration).
LEGACY = Role(
    username="ivan",
    name="Ivan Ilic",
    about="is in an older directory; signing in once by USER_PASSWORD_AUTH takes him over",
)

_EVERY_FLOW = [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]
# The first is the portal's own.
APPS = (
    App(name="every-flow", settings={"ExplicitAuthFlows": _EVERY_FLOW}),
    App(name="with-secret", settings={"ExplicitAuthFlows": _EVERY_FLOW, "GenerateSecret": True}),
    App(name="srp-only", settings={"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),
)

_WORD_LIST = """
acorn amber anchor apple autumn badger bamboo beacon birch blossom bramble breeze brook candle canyon cedar
cherry cinder citrus clover cobalt comet copper coral cotton crater cricket crystal daisy delta dolphin dune
eagle ember falcon feather fern fjord forest garnet ginger glacier granite harbour hazel heron hollow indigo
island ivory jasmine juniper kestrel lagoon lantern laurel lemon lilac linden lotus magnet maple marble meadow
melon mint nectar nutmeg oasis olive onyx orchard otter pebble pepper pine planet poplar prairie quartz quill
raven reef ridge river rocket saffron salmon shadow silver sparrow spruce summit sunset temple thistle thunder
timber topaz tulip tundra valley velvet violet walnut willow winter zephyr
"""
_WORDS = tuple(_WORD_LIST.split())
_SYMBOLS = "!?#%+="


def make_password(choose: Choose) -> str:
    """A password that can be read out, such as ``Maple-river-4821!``; any usual policy accepts it.

    29 bits: enough where wrong guesses lock the name.
    """
    first, second = (_WORDS[choose(len(_WORDS))] for _ in range(2))
    return f"{first.capitalize()}-{second}-{choose(10_000):04}{_SYMBOLS[choose(len(_SYMBOLS))]}"
