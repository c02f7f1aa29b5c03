"""The cards against what they are about: the terms, the sign-in page's table, the service model, the docs."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from flows.gallery.cards import COLUMNS, TIER, Card
from flows.gallery.catalog import CARDS, COMPARED, GROUPS
from flows.gallery.what_follows import WHAT_FOLLOWS
from flows.pool.demo import cast
from flows.signin.entries import ENTRIES
from flows.steps.table import STEPS
from flows.terms import AuthFlow, ChallengeName, FirstFactor, SignInStep

DOCS = Path(__file__).resolve().parents[2] / "docs"
SERVICES = {
    name: ServiceModel(Loader().load_service_model(name, "service-2"), name) for name in ("cognito-idp", "lambda")
}
SERVICE = SERVICES["cognito-idp"]
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))


def test_every_auth_flow_has_a_card() -> None:
    assert {flow for card in COMPARED for flow in (card.flow, *card.also)} == set(AuthFlow)


def test_everything_that_can_begin_a_sign_in_has_a_card() -> None:
    assert {card.trying.entry for card in COMPARED} == {entry.name for entry in ENTRIES}
    assert all(any(entry.name in card.names for card in COMPARED) for entry in ENTRIES)


def test_every_first_factor_has_a_card() -> None:
    preferred = [card.trying.preferred for card in COMPARED if card.flow == AuthFlow.USER_AUTH]
    assert sorted(preferred) == sorted([*FirstFactor, ChallengeName.SELECT_CHALLENGE])


def test_every_question_to_a_person_has_a_card() -> None:
    asked = {step.challenge for step in STEPS if step.automatic is None}
    assert asked <= {card.challenge or card.trying.preferred for card in CARDS.values()}


def test_every_second_factor_has_a_card_and_so_has_every_way_to_get_one_while_signing_in() -> None:
    after = [(card.challenge, *card.names) for card in WHAT_FOLLOWS]
    second = {ChallengeName.SMS_MFA, ChallengeName.SOFTWARE_TOKEN_MFA, ChallengeName.EMAIL_OTP}
    assert second <= {challenge for challenge, *_ in after}
    assert [names for challenge, *names in after if challenge == ChallengeName.MFA_SETUP] == [
        ["MFA_SETUP"],
        ["MFA_SETUP", "EMAIL_OTP"],
        ["MFA_SETUP", "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION"],
    ]


def test_what_amplify_takes_for_a_step_though_it_is_a_refusal_has_a_card() -> None:
    asked = {step.sign_in_step for step in STEPS}
    assert set(SignInStep) - asked - {SignInStep.DONE} <= {name for card in WHAT_FOLLOWS for name in card.names}


def test_whoever_sets_a_function_also_lets_cognito_call_it() -> None:
    for card in CARDS.values():
        lines = "\n".join(card.commands)
        functions = {arn for arn in re.findall(r"\$\w+_ARN", lines) if arn not in ("$SES_ARN", "$POOL_ARN")}
        assert functions == set(re.findall(r"lambda add-permission --function-name (\$\w+)", lines))
        assert bool(functions) == ("--lambda-config" in lines)


def test_the_command_of_the_remembered_device_wants_the_call_that_is_shown() -> None:
    """rememberDevice() is what answers DeviceOnlyRememberedOnUserPrompt, and "User opt-in" is what the console calls
    that."""
    card = CARDS["remembered-device"]
    assert ("DeviceOnlyRememberedOnUserPrompt=true" in card.commands[0]) == ("rememberDevice()" in card.amplify)
    assert card.trying.first[0].settings["remembered"] == ("User opt-in",)


def test_every_card_is_on_the_page_and_has_an_address_of_its_own() -> None:
    shown = [card.slug for group in GROUPS for card in group.cards]
    assert sorted(shown) == sorted(set(shown)) == sorted(CARDS)
    assert "playground" not in shown, "that is another room's address"


@every_card
def test_its_user_is_in_the_cast(card: Card) -> None:
    assert card.trying.username in {role.username for role in (*cast.ROLES, cast.LEGACY)}


@every_card
def test_its_page_in_the_docs_exists(card: Card) -> None:
    assert (DOCS / f"{card.docs}.md").is_file()


@every_card
def test_its_facts_fill_every_column(card: Card) -> None:
    assert card.facts is None or len(card.facts.cells) == len(COLUMNS)
    assert (card.facts is None) == (card not in COMPARED)


@every_card
def test_its_names_are_words_of_the_trade(card: Card) -> None:
    """Values of the service model, operations, exceptions, triggers; or what Amplify calls its authFlowType or step."""
    amplify = {"CUSTOM_WITH_SRP", "CUSTOM_WITHOUT_SRP", *SignInStep}
    model = {value for name in SERVICE.shape_names for value in getattr(SERVICE.shape_for(name), "enum", ())}
    triggers = set(SERVICE.shape_for("LambdaConfigType").members)
    assert set(card.names) <= amplify | model | triggers | set(SERVICE.operation_names) | set(SERVICE.shape_names)


@every_card
def test_the_app_client_needs_what_the_model_knows(card: Card) -> None:
    assert card.needs in ("", *SERVICE.shape_for("ExplicitAuthFlowsType").enum)
    setting = card.commands if card.either else card.commands[:1]  # either one sets it, or the first of all does
    assert all(card.needs in command for command in setting)


@every_card
def test_commands_that_exclude_each_other_say_what_each_is_for(card: Card) -> None:
    """Whoever types all of them would take back what the first one did."""
    again = [command.partition(" --")[0] for command in card.commands]
    assert bool(card.either) == (again.count("aws cognito-idp update-user-pool-client") > 1)


@every_card
def test_what_a_lite_pool_does_not_have_is_said(card: Card) -> None:
    higher = ("ALLOW_USER_AUTH", "--email-mfa-configuration", "--web-authn-configuration")
    assert any(word in command for command in card.commands for word in higher) == (TIER in card.pool)


@every_card
def test_its_commands_are_commands(card: Card) -> None:
    assert card.commands
    for command in card.commands:
        program, service, name, *words = shlex.split(command)
        model = SERVICES[service]
        operation = model.operation_model(str(cased(pascal(name), model.operation_names)))
        options = [pascal(word.removeprefix("--").removeprefix("no-")) for word in words if word.startswith("--")]
        assert program == "aws"
        assert set(operation.input_shape.required_members) <= set(options)
        assert [option for option in options if cased(option, operation.input_shape.members) is None] == []
        for inner in re.findall(r"([A-Z]\w+)=", command):
            assert inner in members_below(operation.input_shape), inner


@every_card
def test_a_command_as_it_is_typed_is_the_same_command(card: Card) -> None:
    typed = [command.replace("\\\n", "") for command in card.typed_commands]  # as a shell joins lines
    assert [shlex.split(command) for command in typed] == [shlex.split(command) for command in card.commands]


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def cased(option: str, members: Iterable[str]) -> str | None:
    """The member that an option means: the CLI writes SMSMfa as sms-mfa."""
    return next((name for name in members if name.lower() == option.lower()), None)


def members_below(shape: object, depth: int = 4) -> set[str]:
    found = set(getattr(shape, "members", {}))
    inner = [*getattr(shape, "members", {}).values(), *filter(None, [getattr(shape, "member", None)])]
    return found.union(*(members_below(each, depth - 1) for each in inner)) if depth else found
