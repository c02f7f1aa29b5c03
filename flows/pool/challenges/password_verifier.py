"""PASSWORD_VERIFIER: the client's proof that it knows the password (SRP-6a).

As on AWS the challenge of USER_SRP_AUTH carries no Session: SECRET_BLOCK is all there is.
"""

from collections.abc import Mapping
from typing import Any

from flows.pool import lockout
from flows.pool.attempt import Attempt
from flows.pool.directory import phantoms
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.models import AppClient
from flows.pool.outcomes import Ask, Onward, Outcome, Passed
from flows.pool.proofs import passwords, secret_blocks
from flows.pool.proofs.secret_blocks import Secret
from flows.pool.reasons import Because
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.PASSWORD_VERIFIER


def ask(attempt: Attempt, tools: Tools) -> Onward:
    """For the SRP_A of this very call: DefineAuthChallenge may name this challenge right after it, and only then."""
    public = secret_blocks.read_public_value(attempt.given)
    return ask_for_proof(attempt, public, tools, with_session=True)


def ask_for_proof(attempt: Attempt, public: int, tools: Tools, *, with_session: bool) -> Ask:
    """The challenge for the client's public value A, the same for a phantom user as for a real one."""
    also = {"USER_ID_FOR_SRP": attempt.username}
    secret = _password_of(attempt)
    why = Because.SRP_A_GIVEN
    return secret_blocks.ask(NAME, attempt, secret, public, why=why, also=also, tools=tools, with_session=with_session)


def recover(client: AppClient, responses: Mapping[str, str], tools: Tools) -> Pending:
    return secret_blocks.recover(NAME, client, responses, tools)


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """Passed for a right proof. A wrong one counts as a wrong password and leaves the block alive, as on AWS."""
    proof = secret_blocks.read_proof(NAME, attempt.client, private, responses)
    lock = lockout.key_for(attempt.pool, attempt.user, attempt.typed_name)
    lockout.require_unlocked(lock, tools=tools)
    right = proof.is_of(_password_of(attempt))  # the same work for everybody
    if not (right and attempt.user is not None and attempt.user.sealed_srp_verifier is not None):
        lockout.count_failure(lock, tools=tools)
        raise incorrect_username_or_password()
    return Passed(NAME, effect=lambda: lockout.clear(lock, tools=tools), srp_a=proof.srp_a)


def _password_of(attempt: Attempt) -> Secret:
    names = (attempt.pool.srp_name, attempt.username)
    user = attempt.user
    verifier = passwords.verifier_of(user) if user else None
    if user is None or verifier is None or user.srp_salt is None:
        pool, name = attempt.pool, attempt.typed_name
        return Secret(salt=phantoms.salt(pool, name), verifier=phantoms.verifier(pool, name), names=names)
    return Secret(salt=bytes(user.srp_salt), verifier=verifier, names=names)
