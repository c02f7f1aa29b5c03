"""The site as the browser tests know it: its address, and its pool for making people to sign in with."""

from dataclasses import dataclass

from tests import boto
from tests.live import Live
from tests.pools import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    live: Live
    pool: Pool

    @property
    def url(self) -> str:
        return self.live.url


def of(live: Live) -> Site:
    """A running server and the pool that its portal signs in to."""
    config = live.config
    pool = Pool(cognito=boto.over_http(config), pool_id=config["userPoolId"], endpoint=config["endpoint"])
    return Site(live=live, pool=pool)
