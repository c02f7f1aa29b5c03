"""Passwords: the policy, how they are kept (a sealed SRP verifier, nothing else) and how they are checked."""

import hmac
import string
from datetime import timedelta

from flows.pool import sealing
from flows.pool.errors import invalid_parameter
from flows.pool.errors.passwords import invalid_password, password_in_history
from flows.pool.models import PasswordHistory, PoolUser, UserPool
from flows.pool.proofs import srp
from flows.pool.tools import Tools
from flows.terms import UserStatus

_PURPOSE = "srp verifier"
MAXIMUM_LENGTH = 256

# The symbols that Cognito counts, an inner space among them (developer guide, user pool password requirements).
_SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")

DEFAULT_POLICY = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 7,
}

# policy member, characters of which one must be there, Cognito's text: reported one at a time, in this order
_RULES = (
    ("RequireUppercase", frozenset(string.ascii_uppercase), "Password must have uppercase characters"),
    ("RequireLowercase", frozenset(string.ascii_lowercase), "Password must have lowercase characters"),
    ("RequireNumbers", frozenset(string.digits), "Password must have numeric characters"),
    ("RequireSymbols", _SYMBOLS, "Password must have symbol characters"),
)


def policy_of(pool: UserPool) -> dict[str, int | bool]:
    return {**DEFAULT_POLICY, **pool.setting("Policies", "PasswordPolicy", default={})}


def require_policy(pool: UserPool, password: str) -> None:
    """Raise InvalidPasswordException for the first rule that ``password`` breaks."""
    policy = policy_of(pool)
    if len(password) < policy["MinimumLength"]:
        raise invalid_password("Password not long enough")
    if len(password) > MAXIMUM_LENGTH or password != password.strip():
        raise invalid_parameter("Password must have 256 characters at most and no space at either end")
    for member, characters, text in _RULES:
        if policy.get(member) and not characters & set(password):
            raise invalid_password(text)


def set_password(user: PoolUser, password: str, *, status: UserStatus, tools: Tools) -> None:
    """Replace the password and set the status that follows from it. The policy is the caller's to ask.

    Raises PasswordHistoryPolicyViolationException when the pool remembers this password.
    """
    _refuse_remembered(user, password)
    if user.srp_salt is not None and user.sealed_srp_verifier is not None:
        PasswordHistory.objects.create(
            user=user,
            srp_salt=user.srp_salt,
            sealed_srp_verifier=user.sealed_srp_verifier,
            set_at=user.password_set_at or tools.now(),
        )
    user.srp_salt = tools.token_bytes(srp.SALT_BYTES)
    user.sealed_srp_verifier = sealed_verifier(
        password, identity=srp_identity(user), salt=user.srp_salt, sub=str(user.sub)
    )
    user.password_set_at = user.modified_at = tools.now()
    user.status = status
    user.save(update_fields=["srp_salt", "sealed_srp_verifier", "password_set_at", "modified_at", "status"])
    _forget_old(user)


def sealed_verifier(password: str, *, identity: str, salt: bytes, sub: str) -> bytes:
    """What is kept of a password besides its salt. Takes plain values, so that another process can be asked for it."""
    verifier = srp.verifier(identity, password, salt)
    return sealing.seal(_PURPOSE, verifier.to_bytes(384, "big"), bound_to=sub)


def verify(user: PoolUser, password: str) -> bool:
    """Is this the user's password? Takes as long for a wrong one, and for a user without any."""
    known = verifier_of(user)
    salt = bytes(user.srp_salt) if user.srp_salt is not None else b"\0" * srp.SALT_BYTES
    return _matches(user, password, salt, known)


def spend_time(pool: UserPool, name: str, password: str) -> None:
    """The work of ``verify`` for a user who does not exist."""
    srp.verifier(pool.srp_name + name, password, b"\0" * srp.SALT_BYTES)


def verifier_of(user: PoolUser) -> int | None:
    """The SRP verifier v, or None for a user without a password."""
    if user.sealed_srp_verifier is None:
        return None
    return int.from_bytes(sealing.unseal(_PURPOSE, user.sealed_srp_verifier, bound_to=str(user.sub)), "big")


def srp_identity(user: PoolUser) -> str:
    return user.pool.srp_name + user.username


def is_expired(user: PoolUser, *, tools: Tools) -> bool:
    """Is this a temporary password that was left unused for too long?"""
    if user.status != UserStatus.FORCE_CHANGE_PASSWORD or user.password_set_at is None:
        return False
    days = policy_of(user.pool)["TemporaryPasswordValidityDays"]
    return tools.now() >= user.password_set_at + timedelta(days=days)


def make_temporary(pool: UserPool, *, tools: Tools) -> str:
    """A random password that the pool's policy accepts: one character of each class, then letters and digits."""
    length = max(policy_of(pool)["MinimumLength"], 12)
    alphabet = string.ascii_letters + string.digits
    classes = [string.ascii_uppercase, string.ascii_lowercase, string.digits, "!@#%&*-_+="]
    classes += [alphabet] * (length - len(classes))
    return "".join(_pick(characters, tools) for characters in classes)


def _pick(characters: str, tools: Tools) -> str:
    """One character, without the bias of a plain remainder."""
    while (byte := tools.token_bytes(1)[0]) >= 256 - 256 % len(characters):
        pass
    return characters[byte % len(characters)]


def _matches(user: PoolUser, password: str, salt: bytes, known: int | None) -> bool:
    tried = srp.verifier(srp_identity(user), password, salt)
    right = hmac.compare_digest(tried.to_bytes(384, "big"), (known or 0).to_bytes(384, "big"))
    return right and known is not None


def _refuse_remembered(user: PoolUser, password: str) -> None:
    size = int(policy_of(user.pool).get("PasswordHistorySize", 0))
    if not size or user.sealed_srp_verifier is None:
        return
    earlier = user.password_history.all()[: size - 1]
    remembered = [(bytes(row.srp_salt), bytes(row.sealed_srp_verifier)) for row in earlier]
    for salt, sealed in [(bytes(user.srp_salt or b""), bytes(user.sealed_srp_verifier)), *remembered]:
        known = int.from_bytes(sealing.unseal(_PURPOSE, sealed, bound_to=str(user.sub)), "big")
        if _matches(user, password, salt, known):
            raise password_in_history()


def _forget_old(user: PoolUser) -> None:
    """Keep no more old verifiers than the policy can ask about."""
    size = int(policy_of(user.pool).get("PasswordHistorySize", 0))
    keep = list(user.password_history.values_list("pk", flat=True)[: max(size - 1, 0)])
    user.password_history.exclude(pk__in=keep).delete()
