"""The names besides the username that sign a user in, each of one user of a pool at a time.

UsernameAttributes sign in at once and are unique even unverified. AliasAttributes sign in once verified
(preferred_username has nothing to verify), and a verified address goes to whoever verified it last: the one before
keeps it as an unverified attribute (developer guide, "Customizing sign-in attributes"; seen live for
AdminUpdateUserAttributes).
"""

from django.db import IntegrityError, transaction

from flows.pool.directory import usernames
from flows.pool.models import PoolUser, UserAlias

VERIFIED_FLAG = {"email": "email_verified", "phone_number": "phone_number_verified"}


class Taken(Exception):
    """Another user signs in by this value."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute


def refresh(user: PoolUser, *, take_over: bool = False) -> None:
    """Bring the names that sign ``user`` in up to date with the attributes, inside the caller's transaction.

    Raises ``Taken``, unless with ``take_over`` the name is an address that may change hands.
    """
    wanted = _wanted(user)
    user.aliases.exclude(attribute__in=wanted).delete()
    for attribute, key in wanted.items():
        if take_over and attribute in VERIFIED_FLAG and attribute in _aliases(user):
            _release(user, attribute, key)
        try:
            with transaction.atomic():
                UserAlias.objects.update_or_create(
                    user=user, attribute=attribute, defaults={"pool": user.pool, "value_key": key}
                )
        except IntegrityError:
            raise Taken(attribute) from None


def is_anothers(user: PoolUser, attribute: str, value: str) -> bool:
    """Does somebody else sign in by this value?"""
    held = UserAlias.objects.filter(pool=user.pool, attribute=attribute, value_key=usernames.key(user.pool, value))
    return held.exclude(user=user).exists()


def _aliases(user: PoolUser) -> list[str]:
    return list(user.pool.setting("AliasAttributes", default=[]))


def _wanted(user: PoolUser) -> dict[str, str]:
    """Attribute -> what its value is compared by."""
    always = user.pool.setting("UsernameAttributes", default=[])
    wanted = {}
    for attribute in always + _aliases(user):
        value = user.attributes.get(attribute)
        flag = VERIFIED_FLAG.get(attribute)
        if value and (attribute in always or flag is None or user.attributes.get(flag) == "true"):
            wanted[attribute] = usernames.key(user.pool, value)
    return wanted


def _release(user: PoolUser, attribute: str, key: str) -> None:
    """Whoever else has the address keeps it, no longer verified and no longer a name."""
    held = UserAlias.objects.filter(pool=user.pool, attribute=attribute, value_key=key).exclude(user=user)
    for alias in held.select_related("user").select_for_update():  # their attributes may be changing too
        alias.user.attributes[VERIFIED_FLAG[attribute]] = "false"
        alias.user.save(update_fields=["attributes"])
        alias.delete()
