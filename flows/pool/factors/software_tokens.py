"""Users' authenticator apps: the seed in use, the seed that waits for its first code, and which codes have been used.

Seeds are sealed (T046). A code counts once, and none older than the newest used one counts (RFC 6238 section 5.2).
"""

from django.db import transaction

from flows.pool import lookup, sealing
from flows.pool.errors import invalid_parameter
from flows.pool.errors.factors import no_software_token, software_token_code_used, software_token_not_enabled
from flows.pool.factors import totp
from flows.pool.models import PoolUser, SoftwareToken
from flows.pool.tools import Tools

_PURPOSE = "software token"
_LONGEST_NAME = 1024


def is_registered(user: PoolUser) -> bool:
    """Has a code proved that the user has an app?"""
    return seed_of(user) is not None


def seed_of(user: PoolUser) -> bytes | None:
    """The seed in use."""
    token = _token(user)
    return _unseal(user, token.sealed_seed) if token else None


def friendly_name(user: PoolUser) -> str:
    """What the user calls the device that the app is on; empty when it was never said."""
    token = _token(user)
    return token.friendly_name if token else ""


def is_waiting(user: PoolUser) -> bool:
    """Was a seed given out that no code has proved yet?"""
    token = _token(user)
    return token is not None and token.sealed_pending_seed is not None


def offer(user: PoolUser, seed: bytes) -> None:
    """Keep ``seed`` until a code proves it, in place of one that waited; the one in use stays in use (T052)."""
    SoftwareToken.objects.update_or_create(user=user, defaults={"sealed_pending_seed": _seal(user, seed)})


def prove(user: PoolUser, code: str, *, name: str, tools: Tools) -> None:
    """Put the seed that waits to use, by one of its codes. Raises EnableSoftwareTokenMFAException for a wrong one, and
    SoftwareTokenMFANotFoundException where none waits."""
    with transaction.atomic():
        token = lookup.one(SoftwareToken, for_update=True, user_id=user.pk)
        seed = _unseal(user, token.sealed_pending_seed) if token else None
        if seed is None:
            raise no_software_token()
        register(user, seed, step=first_step(seed, code, tools=tools), name=name)


def first_step(seed: bytes, code: str, *, tools: Tools) -> int:
    """The step of a code that proves ``seed``, or EnableSoftwareTokenMFAException."""
    step = totp.matching_step(seed, code, at=tools.now())
    if step is None:
        raise software_token_not_enabled()
    return step


def register(user: PoolUser, seed: bytes, *, step: int, name: str) -> None:
    """Put ``seed`` to use, proved by the code of ``step``, which is thereby used."""
    if len(name) > _LONGEST_NAME:
        raise invalid_parameter(f"FriendlyDeviceName can have {_LONGEST_NAME} characters.")
    values = {
        "sealed_seed": _seal(user, seed),
        "sealed_pending_seed": None,
        "last_step": step,
        "friendly_name": name,
    }
    SoftwareToken.objects.update_or_create(user=user, defaults=values)


def step_of(user: PoolUser, code: str, *, tools: Tools) -> int | None:
    """The step of a right code, whether or not it has been used; None for a wrong one.

    Raises SoftwareTokenMFANotFoundException for a user without an app.
    """
    seed = seed_of(user)
    if seed is None:
        raise no_software_token()
    return totp.matching_step(seed, code, at=tools.now())


def use(user: PoolUser, step: int) -> None:
    """Use up the codes to ``step``; one conditional UPDATE decides between equal codes sent at once (T050, T051)."""
    if not SoftwareToken.objects.filter(user=user, last_step__lt=step).update(last_step=step):
        raise software_token_code_used()


def delete(user: PoolUser) -> None:
    """Forget the app, and a seed that waits."""
    SoftwareToken.objects.filter(user=user).delete()


def _token(user: PoolUser) -> SoftwareToken | None:
    return lookup.one(SoftwareToken, user_id=user.pk)


def _seal(user: PoolUser, seed: bytes) -> bytes:
    return sealing.seal(_PURPOSE, seed, bound_to=str(user.sub))


def _unseal(user: PoolUser, sealed: bytes | memoryview | None) -> bytes | None:
    return None if sealed is None else sealing.unseal(_PURPOSE, sealed, bound_to=str(user.sub))
