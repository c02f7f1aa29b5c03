"""Replacing a password, and only the very one that was looked at before.

Proving a password takes time, outside of any transaction; what its owner or an administrator has decided meanwhile may
not be undone by whoever knew the old one.
"""

from flows.pool.errors import PoolError
from flows.pool.errors.sign_in import invalid_session
from flows.pool.models import PoolUser

_FIELDS = ("attributes", "enabled", "password_set_at", "sealed_srp_verifier", "srp_salt", "status")


def which(user: PoolUser) -> str:
    """Which password the user has, and what it is worth: every password gets a salt of its own, and a reset one keeps
    it."""
    return f"{salt_of(user)}:{user.status}"


def salt_of(user: PoolUser) -> str:
    """The salt of the password, in hex; "none" for a user without one."""
    return bytes(user.srp_salt).hex() if user.srp_salt is not None else "none"


def require_same(known: str, user: PoolUser) -> None:
    """A password that was replaced ends every sign-in that began before: whoever knew the old one must not go on with
    it (T055). ``known`` is ``salt_of`` when the first challenge was met, "" before that."""
    if known and known != salt_of(user):
        raise invalid_session()


def hold(user: PoolUser, *, gone: PoolError) -> None:
    """Read again what another request may have changed, and keep it so until the transaction ends. Raises ``gone`` when
    the user has been deleted."""
    try:
        user.refresh_from_db(fields=_FIELDS, from_queryset=PoolUser.objects.select_for_update())
    except PoolUser.DoesNotExist:
        raise gone from None


def require_unreplaced(user: PoolUser, known: object, *, refusal: PoolError) -> None:
    """Raise ``refusal`` unless ``which(user)`` is still ``known``."""
    if which(user) != known:
        raise refusal
