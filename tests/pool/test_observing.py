"""Whoever watches the pool is told what happens in it, and changes nothing (settings.POOL_OBSERVER)."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from pytest_django.plugin import blocking_manager_key

from flows.management.orders.situations import Situation
from flows.pool.reasons import Because
from tests import boto, pools
from tests.flows import orders
from tests.flows.orders import SignIn
from tests.flows.person import Person
from tests.flows.pools import CHOICE
from tests.flows.portal import CONNECTION, Portal
from tests.flows.walker import Walker
from tests.lambda_api import Event, Functions, Raises
from tests.pool import mfa, witness
from tests.pool.conftest import PASSWORD, Clock, World
from tests.pool.reason_scenes import SCENES, SECRET, Scene, begin, by_choice, prove_in_custom_auth, with_functions

AROUND = ("PreAuthentication", "PostAuthentication", "PreTokenGeneration")


@pytest.fixture
def watched(settings: Settings) -> ModuleType:
    """The observer, and what it has seen."""
    settings.COGNITO_TRANSPORT, settings.POOL_OBSERVER = witness.TRANSPORT, witness.OBSERVER
    witness.begin()
    return witness


def another_world() -> World:
    """As the fixture, once more."""
    made = World(Clock())
    made.pool_id = made("CreateUserPool", PoolName="tests")["UserPool"]["Id"]
    made.client_id = made.add_client(PreventUserExistenceErrors="ENABLED")
    made.add_user("alice")
    return made


# -- Decisions ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_why_this_came_next(world: World, functions: Functions, watched: ModuleType, scene: Scene) -> None:
    scene.play(world, functions)
    assert watched.calls[-1].decisions == [(scene.next, scene.why)]
    assert scene.reason in dict(witness.reasons_in(scene.why))
    assert_told_what_was_asked()


def test_every_reason_has_a_scene() -> None:
    assert {scene.reason for scene in SCENES} == set(Because)


def assert_told_what_was_asked() -> None:
    """In every call, one decision for what the client was told to do next, and none where it was told nothing."""
    assert witness.calls
    for call in witness.calls:
        assert [following for following, _ in call.decisions] == call.asked, call.exchange.operation


@pytest.mark.parametrize(
    ("flow", "parameters"),
    [
        ("USER_AUTH", {}),
        ("USER_AUTH", {"PREFERRED_CHALLENGE": "PASSWORD"}),
        ("USER_AUTH", {"PREFERRED_CHALLENGE": "EMAIL_OTP"}),
        ("USER_AUTH", {"PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "ab" * 384}),
        ("USER_SRP_AUTH", {"SRP_A": "ab" * 384}),
        ("CUSTOM_AUTH", {}),
        ("CUSTOM_AUTH", {"CHALLENGE_NAME": "SRP_A", "SRP_A": "ab" * 384}),
    ],
)
def test_t021_a_name_that_nobody_has_is_spoken_of_as_any_other(
    world: World, functions: Functions, watched: ModuleType, flow: str, parameters: dict[str, str]
) -> None:
    with_functions(by_choice(world), functions, "CUSTOM_CHALLENGE")
    every = ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]
    world.client_id = world.add_client(ExplicitAuthFlows=every, PreventUserExistenceErrors="ENABLED")
    for name in ("alice", "nobody"):
        begin(world, flow, name, **parameters)
    real, invented = watched.calls[-2:]
    assert real.decisions
    assert real.decisions == invented.decisions


def test_a_refusal_is_no_decision(world: World, watched: ModuleType) -> None:
    world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!"))
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert [call.told for call in watched.calls] == [[], [], []]


# -- Decisions, in legal orders ----------------------------------------------------------------------------------
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "story" in metafunc.fixturenames:
        with metafunc.config.stash[blocking_manager_key].unblock():  # for a database of their own, in memory
            metafunc.parametrize("story", list(orders.covering()), ids=str)


# What a sentence says of a pool and a user. Those that are not here are about the call alone.
_Facts = Mapping[str, str]
TRUE_OF: Mapping[Because, Callable[[Situation, _Facts], bool]] = {
    Because.TEMPORARY_PASSWORD: lambda now, _: now.temporary,
    Because.MFA_OFF: lambda now, _: now.mfa == "OFF",
    Because.MFA_NOT_TURNED_ON: lambda now, _: now.mfa == "OPTIONAL" and not now.factors,
    Because.PREFERRED_MFA: lambda now, told: (now.mfa, now.preferred) == (told["mode"], told["factor"]),
    Because.ONE_FACTOR: lambda now, told: (now.mfa, now.factors) == (told["mode"], (told["factor"],)),
    Because.SEVERAL_FACTORS: lambda now, told: (
        (now.mfa, now.preferred, ", ".join(now.factors)) == (told["mode"], None, told["factors"])
    ),
    Because.NO_FACTOR_YET: lambda now, told: (
        (now.mfa, now.factors, ", ".join(now.settable)) == (told["mode"], (), told["factors"])
    ),
    Because.PASSKEY_PASSED: lambda now, _: now.passkey == "MULTI_FACTOR_WITH_USER_VERIFICATION",
    Because.DEVICE_SPARES: lambda now, _: now.device == "spares",
    Because.DEVICE_TO_PROVE: lambda now, _: now.device in ("remembered", "spares"),
}


@pytest.mark.django_db
def test_the_decisions_of_a_legal_order(settings: Settings, watched: ModuleType, story: SignIn) -> None:
    """What was told is what was asked, and every sentence is true."""
    settings.COGNITO_CONNECTION, settings.DEMO_CONFIG = CONNECTION, ""
    pool = pools.create(boto.in_process(), endpoint=django_settings.POOL_ENDPOINT)
    portal = Portal(pool, pool.add_app(flows=CHOICE))
    walker = Walker(portal=portal.use(portal.app), person=Person(htmx=True), situation=story.situation)
    walker.arrange()
    watched.begin()
    walker.walk(story)
    assert_told_what_was_asked()
    decisions = [decision for call in watched.calls for decision in call.decisions]
    assert [following for following, _ in decisions] == [*story.asked, "TOKENS"]
    for _, why in decisions:
        for reason, told in witness.reasons_in(why):
            assert reason not in TRUE_OF or TRUE_OF[reason](story.situation, told), why


# -- Functions ---------------------------------------------------------------------------------------------------
def test_every_function_that_is_called_is_told_with_what_it_got_and_gave(
    world: World, functions: Functions, watched: ModuleType
) -> None:
    with_functions(world, functions, "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=kept(functions, AROUND))
    answers = answers_of(functions)
    mfa.respond(world, prove_in_custom_auth(world), ANSWER=SECRET)
    told = [facts for call in watched.calls for facts in call.triggers]
    assert [facts["source"] for facts in told] == functions.sources
    assert [as_sent(facts["event"]) for facts in told] == functions.events
    assert [facts["answer"] for facts in told] == answers
    assert {facts["function"] for facts in told} == functions.by_name.keys()
    for facts in told:
        assert facts["trigger"] == facts["function"], "the tests name functions after triggers"
        assert facts["error"] == ""
        assert 0 < facts["seconds"] < 60


def kept(functions: Functions, names: tuple[str, ...]) -> dict[str, str]:
    """LambdaConfig with what there is and with functions that change nothing."""
    return functions.add(**functions.by_name | dict.fromkeys(names, lambda event: event))


def answers_of(functions: Functions) -> list[Any]:
    """What the functions return from now on."""
    answers: list[Any] = []

    def noting(function: Callable[[Event], Any]) -> Callable[[Event], Any]:
        def noted(event: Event) -> Any:
            answers.append(function(event))
            return answers[-1]

        return noted

    functions.by_name = {name: noting(function) for name, function in functions.by_name.items()}
    return answers


def as_sent(event: Event) -> Any:
    return json.loads(json.dumps(event))


def test_in_the_order_in_which_it_happened(world: World, functions: Functions, watched: ModuleType) -> None:
    with_functions(world, functions, "CUSTOM_CHALLENGE")
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=kept(functions, AROUND))
    mfa.respond(world, begin(world, "CUSTOM_AUTH"), ANSWER=SECRET)
    began, answered = (list(happened(call)) for call in watched.calls[-2:])
    assert began == ["PreAuthentication", "DefineAuthChallenge", "CUSTOM_CHALLENGE", "CreateAuthChallenge"]
    assert answered == [
        "VerifyAuthChallengeResponse",
        "DefineAuthChallenge",
        "TOKENS",
        "PostAuthentication",
        "PreTokenGeneration",
    ]


def happened(call: witness.Call) -> Iterator[str]:
    return (str(facts["next"] if kind == "decision" else facts["trigger"]) for kind, facts in call.told)


def raises(event: Event) -> Event:
    raise Raises("not today")


@pytest.mark.parametrize(
    ("function", "answer", "error"),
    [
        (raises, None, "PreAuthentication failed with error not today."),
        (lambda event: {"no": "event"}, {"no": "event"}, "Unrecognizable lambda output"),
        (None, None, "PreAuthentication invocation failed due to error ResourceNotFoundException."),
    ],
)
def test_a_function_that_fails(
    world: World, functions: Functions, watched: ModuleType, function: Any, answer: Any, error: str
) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=functions.add(PreAuthentication=function))
    if function is None:
        functions.by_name.clear()
    _, message = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    [told] = watched.calls[-1].triggers
    assert (told["answer"], told["error"]) == (answer, error)
    assert message == error
    assert watched.calls[-1].decisions == []


# -- Watching changes nothing ------------------------------------------------------------------------------------
@pytest.mark.parametrize("observer", [witness.FAILING_OBSERVER, "tests.pool.witness.nobody", "nowhere.at.all"])
def test_t154_an_observer_that_fails_changes_nothing_and_tells_nothing(
    world: World, functions: Functions, settings: Settings, caplog: pytest.LogCaptureFixture, observer: str
) -> None:
    settings.POOL_OBSERVER = observer
    asked = begin(with_functions(world, functions, "CUSTOM_CHALLENGE"), "CUSTOM_AUTH")
    with caplog.at_level(logging.DEBUG, logger="flows"):
        assert mfa.respond(world, asked, ANSWER=SECRET)["AuthenticationResult"]["AccessToken"]
    assert "The observer of decision failed" in caplog.text
    assert "The observer of trigger failed" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_no_query_more(
    world: World, functions: Functions, watched: ModuleType, settings: Settings, scene: Scene
) -> None:
    def queries(here: World, observer: str) -> list[tuple[str, int]]:
        settings.POOL_OBSERVER = observer
        watched.begin()
        scene.play(here, functions)
        return [(call.exchange.operation, call.queries) for call in watched.calls]

    assert queries(world, witness.OBSERVER) == queries(another_world(), "")
