"""What is asked in which order: CHALLENGES and its companions, read from the environment.

``CHALLENGES=password,captcha|recaptcha,question``: first the password by SRP, then one of two, then a question.
The order is the administrator's; where there are alternatives the first is the usual one, and a client may name another
in ClientMetadata (``{"challenge": "recaptcha"}``).
"""

from dataclasses import dataclass

from flows.triggers import environment
from flows.triggers.environment import SettingWrong
from flows.triggers.kinds import KINDS

PASSWORD = "password"
# Without a word of the administrator nobody gets in without a password: a CAPTCHA tells people from robots, not who.
DEFAULT = "password,captcha"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``steps`` are passed in order, each by one of its kinds; a step's wrong answer number ``tries`` ends it all."""

    needs_password: bool
    password_is_dummy: bool
    steps: tuple[tuple[str, ...], ...]
    tries: int


def read() -> Plan:
    """The plan of this environment. Raises ``SettingWrong``."""
    asked = environment.words("CHALLENGES", DEFAULT)
    needs_password = asked[:1] == (PASSWORD,)
    dummy = environment.switch("PASSWORD_IS_DUMMY")
    if needs_password and dummy:
        raise SettingWrong("CHALLENGES asks for a password that PASSWORD_IS_DUMMY says is none")
    return Plan(
        needs_password=needs_password,
        password_is_dummy=dummy,
        steps=tuple(_step(word) for word in asked[needs_password:]),
        tries=environment.whole("CHALLENGE_TRIES", 3, least=1),
    )


def available(kind: str) -> str:
    """The kind itself, or the one that stands in for it while its settings are missing."""
    row = KINDS[kind]
    return kind if all(environment.given(name) for name in row.needs) else row.stand_in


def _step(word: str) -> tuple[str, ...]:
    named = [kind.strip() for kind in word.split("|")]
    for kind in named:
        if kind == PASSWORD:
            raise SettingWrong("CHALLENGES: password can only come first, and has no alternative")
        if kind not in KINDS:
            raise SettingWrong(f"CHALLENGES knows {PASSWORD}, {', '.join(KINDS)}, and no other")
    return tuple(dict.fromkeys(available(kind) for kind in named))
