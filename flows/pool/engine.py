"""The challenge loop: begin a flow, take an answer, and go on until there is something to tell the client.

The same engine serves the public and the admin operations. A check may count failures but changes nothing else; what
an answer changes happens in one transaction with the end of its Session, so a crash leaves both or neither (T143).
What follows, the next question or the tokens, joins that transaction; but not in a pool with Lambda triggers, whose
functions may take seconds while on SQLite nobody else could write.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from django.db import transaction

from flows.pool import challenges, clients, eligibility, lookup, observing, policy, sessions
from flows.pool.accounts import sign_up
from flows.pool.attempt import Attempt
from flows.pool.auth_flows import AuthFlowModule
from flows.pool.device_tracking import devices
from flows.pool.directory import usernames, users
from flows.pool.errors import invalid_parameter, missing_parameter
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.sign_in import invalid_session
from flows.pool.issuing import refresh, tokens
from flows.pool.lambda_triggers import sign_in_triggers, triggers, user_migration
from flows.pool.models import AppClient, PoolUser, RefreshToken
from flows.pool.outcomes import Ask, Done, Judged, Next, Onward, Outcome, Passed, no_effect
from flows.pool.proofs import replacement
from flows.pool.tools import Tools
from flows.terms import AuthFlow, ChallengeName

Answer = dict[str, Any]


def begin(
    flow: AuthFlowModule,
    client: AppClient,
    auth_flow: AuthFlow,
    parameters: Mapping[str, str],
    *,
    session: str | None,
    client_metadata: Mapping[str, str],
    tools: Tools,
) -> Answer:
    """InitiateAuth, after the operation has checked that it may ask for this flow. Checks in the order of
    docs/protocol/order-of-checks.md. ``session`` is ConfirmSignUp's, which USER_AUTH takes for a first factor."""
    if not clients.allows(client, flow.CLIENT_SETTING):
        raise invalid_parameter(flow.NOT_ENABLED)
    if session and auth_flow == AuthFlow.USER_AUTH:
        return _go_on_from_sign_up(client, session, parameters, client_metadata=client_metadata, tools=tools)
    for name in flow.REQUIRED:
        if not parameters.get(name):
            raise missing_parameter(name)
    typed_name = parameters.get("USERNAME", "")
    if "USERNAME" in flow.REQUIRED:
        clients.verify_secret_hash(client, [typed_name], parameters.get("SECRET_HASH"))
    user = users.find(client.pool, typed_name) if typed_name else None
    attempt = Attempt(client=client, user=user, typed_name=typed_name, auth_flow=auth_flow).in_call(parameters)
    if user is None and "PASSWORD" in flow.REQUIRED:
        attempt = user_migration.at_sign_in(attempt, validation_data=client_metadata, tools=tools)
    if typed_name:
        sign_in_triggers.before(attempt, validation_data=client_metadata)
    outcome = flow.start(attempt, parameters, tools)
    if isinstance(outcome, Ask):  # nothing to hold together: no transaction, which on SQLite locks out every writer
        return _tell(_advance(attempt, outcome, tools=tools))
    return _follow(attempt, outcome, tools=tools)


def _go_on_from_sign_up(
    client: AppClient,
    session: str,
    parameters: Mapping[str, str],
    *,
    client_metadata: Mapping[str, str],
    tools: Tools,
) -> Answer:
    """Of the AuthParameters only the name counts, which must be the one that was confirmed, and SECRET_HASH."""
    pending, factor = sign_up.pending_sign_in(session, client, tools=tools)
    given = parameters.get("USERNAME")
    if given:
        _require_same_user(pending.attempt, given)
    names = [given] if given else [pending.attempt.typed_name, pending.attempt.username]
    clients.verify_secret_hash(client, names, parameters.get("SECRET_HASH"))
    attempt = pending.attempt.in_call(parameters)
    sign_in_triggers.before(attempt, validation_data=client_metadata)
    return _follow(attempt, Passed(factor), use_up=pending.use_up, tools=tools)


def answer(
    client: AppClient,
    name: ChallengeName,
    responses: Mapping[str, str],
    session: str | None,
    *,
    client_metadata: Mapping[str, str],
    tools: Tools,
) -> Answer:
    """RespondToAuthChallenge: check the answer to the challenge that the Session (or SECRET_BLOCK) waits with."""
    module = challenges.get(name)
    pending = (
        sessions.find(session, client=client, challenges=challenges.answered_by(name), tools=tools)
        if session
        else module.recover(client, responses, tools)
    )
    attempt = pending.attempt.in_call(responses, client_metadata=client_metadata)
    given, secret_hash = responses.get("USERNAME"), responses.get("SECRET_HASH")
    if given:
        _require_same_user(attempt, given)
    if secret_hash or name not in challenges.WITHOUT_SECRET_HASH:
        clients.verify_secret_hash(client, [given] if given else [attempt.typed_name, attempt.username], secret_hash)
    if name in challenges.GUESSABLE:
        pending.count_try()
    if required := challenges.SPENT_UNSEEN.get(name):
        if required not in responses:
            raise missing_parameter(required)
        pending.use_up()
    outcome = module.check(attempt, pending.private, responses, tools)
    return _follow(attempt, outcome, use_up=no_effect if required else pending.use_up, tools=tools)


def _follow(attempt: Attempt, outcome: Outcome, *, use_up: Callable[[], None] = no_effect, tools: Tools) -> Answer:
    """What comes of an answer; ``use_up`` ends the Session that it came with."""
    with _held_together(attempt):
        with transaction.atomic(savepoint=False):
            use_up()
            attempt, onward = _settle(attempt, outcome, tools=tools)
        result = _advance(attempt, onward, tools=tools)
    return _tell(result)


def _held_together(attempt: Attempt) -> AbstractContextManager[None]:
    """One transaction around everything, unless functions run in between."""
    custom = attempt.auth_flow == AuthFlow.CUSTOM_AUTH
    return nullcontext() if triggers.run_after_answers(attempt.pool, custom=custom) else transaction.atomic()


def _settle(attempt: Attempt, outcome: Outcome, *, tools: Tools) -> tuple[Attempt, Onward | None]:
    """What the answer changes; None in place of an outcome when the policy must say how to go on."""
    match outcome:
        case Passed(challenge, effect, srp_a):
            user = attempt.user
            if user is None:  # a phantom passes nothing; a slip here must not issue tokens
                raise incorrect_username_or_password()
            _require_same_password_still(attempt, user)
            effect()
            attempt = replace(attempt.with_round(challenge, srp_a=srp_a), password=replacement.salt_of(user))
            eligibility.require(user, tools=tools)
            devices.require_known(attempt, attempt.given.get("DEVICE_KEY") or "")
            return attempt, None
        case Judged(judged):
            if attempt.user is not None:
                attempt = replace(attempt, password=replacement.salt_of(attempt.user))
            return attempt.with_judged(judged) if judged else attempt, None
        case Next(attempt=changed):
            return changed or attempt, outcome
    return attempt, outcome


def _advance(attempt: Attempt, onward: Onward | None, *, tools: Tools) -> Answer | tokens.Grant:
    onward = onward or policy.next_after(attempt)
    observing.decided(observing.TOKENS if isinstance(onward, Done) else onward.challenge, why=onward.why)
    while isinstance(onward, Next):
        onward = challenges.get(onward.challenge).ask(attempt, tools)
    if isinstance(onward, Ask):
        return _question(attempt, onward, tools=tools)
    return _grant(attempt, onward.refreshed, tools=tools)


def _tell(result: Answer | tokens.Grant) -> Answer:
    """Signs the tokens, after the transaction: two RSA signatures take longer than everything inside it."""
    if isinstance(result, tokens.Grant):
        return {"ChallengeParameters": {}, "AuthenticationResult": result.sign()}
    return result


def _question(attempt: Attempt, ask: Ask, *, tools: Tools) -> Answer:
    told: Answer = {"ChallengeName": ask.challenge, "ChallengeParameters": dict(ask.parameters)}
    if ask.available:
        told["AvailableChallenges"] = list(ask.available)
    if ask.with_session:
        told["Session"] = sessions.mint(attempt, ask, tools=tools)
    return told


def _grant(attempt: Attempt, refreshed: RefreshToken | None, *, tools: Tools) -> tokens.Grant:
    """The functions of the pool are asked before the transaction, the user's state is looked at inside it."""
    if refreshed is not None:
        changes = sign_in_triggers.renewed(refreshed, client_metadata=attempt.client_metadata)
        return tokens.renew(refresh.hold(refreshed, tools=tools), changes=changes, tools=tools)
    if attempt.user is None:
        raise incorrect_username_or_password()
    eligibility.require(attempt.user, tools=tools)  # before a function records that somebody has signed in
    changes = sign_in_triggers.passed(attempt)
    with transaction.atomic(savepoint=False):
        held = lookup.one(PoolUser, for_update=True, id=attempt.user.pk)
        if held is None:
            raise incorrect_username_or_password()
        held.pool = attempt.pool
        eligibility.require(held, tools=tools)  # as the user is now: disabling must not miss tokens being issued
        replacement.require_same(attempt.password, held)
        device = devices.for_tokens(attempt, tools=tools)
        return tokens.issue(attempt.client, held, device=device, changes=changes, tools=tools)


def _require_same_password_still(attempt: Attempt, user: PoolUser) -> None:
    """As the row is now, and held: what the answer changes may not outlive a password that is being replaced."""
    held = lookup.one(PoolUser, for_update=True, id=user.pk) if attempt.password else None
    if held is not None:
        replacement.require_same(attempt.password, held)


def _require_same_user(attempt: Attempt, given: str) -> None:
    """The USERNAME of an answer is what was typed, the canonical name or the ``sub``, and nobody else's (T005).

    Other names of the user do not count: who has not proved anything yet would learn whose address is whose.
    """
    if attempt.user is not None and given == str(attempt.user.sub):
        return
    key = usernames.key(attempt.pool, given)
    if key not in (usernames.key(attempt.pool, name) for name in (attempt.username, attempt.typed_name)):
        raise invalid_session()
