"""One file per ChallengeName; this list is the whole of what the pool can ask.

A module has ``NAME``, ``ask(attempt, tools) -> Outcome``, ``check(attempt, private, responses, tools) -> Outcome`` and
``recover(client, responses, tools) -> Pending`` for an answer that came without a Session.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from flows.pool import errors
from flows.pool.attempt import Attempt
from flows.pool.challenges import new_password_required, password_verifier
from flows.pool.models import AppClient
from flows.pool.outcomes import Outcome
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName


class ChallengeModule(Protocol):
    NAME: ChallengeName

    def ask(self, attempt: Attempt, tools: Tools) -> Outcome: ...

    def check(
        self, attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools
    ) -> Outcome: ...

    def recover(self, client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending: ...


CHALLENGES = {
    module.NAME: module for module in cast(tuple[ChallengeModule, ...], (new_password_required, password_verifier))
}


def get(name: ChallengeName) -> ChallengeModule:
    module = CHALLENGES.get(name)
    if module is None:
        raise errors.invalid_parameter(f"The embedded pool does not ask {name} yet.")
    return module
