"""The site as the browser tests know it: its address, and its pool for making people to sign in with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests import boto
from tests.live import Live
from tests.pools import Pool

TOLD = (
    *("Policies", "AutoVerifiedAttributes", "EmailConfiguration", "SmsConfiguration", "MfaConfiguration"),
    *("LambdaConfig", "DeviceConfiguration"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    live: Live
    pool: Pool

    @property
    def url(self) -> str:
        return self.live.url

    @contextmanager
    def asking(self, **settings: Any) -> Iterator[None]:
        """Other members of SetUserPoolMfaConfig for a while. The pool is everybody's, so it gets its own ones back."""
        cognito, pool_id = self.pool.cognito, self.pool.pool_id
        before: dict[str, Any] = {**cognito.get_user_pool_mfa_config(UserPoolId=pool_id)}
        del before["ResponseMetadata"]
        cognito.set_user_pool_mfa_config(**{"UserPoolId": pool_id, **before, **settings})
        try:
            yield
        finally:
            cognito.set_user_pool_mfa_config(**{"UserPoolId": pool_id, **before})

    @contextmanager
    def updated(self, **settings: Any) -> Iterator[None]:
        """The same with members of UpdateUserPool, which forgets those that it is not told."""
        cognito, pool_id = self.pool.cognito, self.pool.pool_id
        pool: dict[str, Any] = {**cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]}
        before = {name: pool[name] for name in TOLD if name in pool}
        with self.asking():
            cognito.update_user_pool(**{"UserPoolId": pool_id, **before, **settings})
            try:
                yield
            finally:
                cognito.update_user_pool(**{"UserPoolId": pool_id, **before})


def of(live: Live) -> Site:
    """A running server and the pool that its portal signs in to."""
    config = live.config
    pool = Pool(cognito=boto.over_http(config), pool_id=config["userPoolId"], endpoint=config["endpoint"])
    return Site(live=live, pool=pool)
