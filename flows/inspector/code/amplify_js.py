"""The same step with aws-amplify v6: a function of ``aws-amplify/auth``, or a comment where Amplify needs none.

What is said of Amplify is what its sources do (packages/auth of aws-amplify/amplify-js 6); ``tests/clients`` runs them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.inspector.code.amplify_calls import Said
from flows.inspector.code.amplify_steps import said
from flows.inspector.code.blanks import blanked, labels
from flows.inspector.code.literals import JAVASCRIPT, literal
from flows.inspector.code.situation import Situation
from flows.inspector.code.tab import FILL_IN, Tab
from flows.inspector.entries import Call
from flows.inspector.telling import names

_NO_SECRET = "This app client has a secret, and Amplify takes none: give it a public app client of the pool."
_NOT_HERE = """\
// Not from a browser: {operation} is signed with AWS credentials, which no page may have.
// A server calls it, by boto3 for example.
"""
_SIGNED_IN = "// As the person who signed in with signIn() in this browser: Amplify keeps the tokens and sends them.\n"
_BEFORE = "// Before this step, in the same page\n"
_STEP = "\n// This step\n"


def written(situation: Situation) -> Tab:
    """A module of a page: configuration, the functions called so far in this sign-in, and the one of this step."""
    call = situation.call
    if call.signed:
        return _tab(_NOT_HERE.format(operation=call.operation))
    *before, step = _all_said([*(each for each in situation.attempt if "AccessToken" not in each.request), call])
    there = [each for each in before if each.function and each.signs_in]
    configuration = {
        "Auth": {
            "Cognito": {
                "userPoolId": situation.pool_id,
                "userPoolClientId": situation.client_id,
                **({"userPoolEndpoint": call.endpoint_url} if call.endpoint_url else {}),
            }
        }
    }
    code = (
        _imports([*there, step])
        + f"\nAmplify.configure({literal(configuration, JAVASCRIPT)});\n\n"
        + (_BEFORE + "".join(_called(each) for each in there) + _STEP if there else "")
        + ("" if there or not step.as_user else _SIGNED_IN)
        + "".join(f"// {line}\n" for line in step.comments)
        + (_called(step, binds=True) if step.function else "")
        + _what_came(call, step)
    )
    blanks = labels([configuration, *(each.argument for each in [*there, step])])
    return _tab(code, blanks=blanks, note=_NO_SECRET if _has_secret(situation.request) else FILL_IN if blanks else "")


def _all_said(calls: Sequence[Call]) -> list[Said]:
    """What Amplify calls for each of them, with the step in mind that waited for it. They are blanked as one: the
    answers to two questions are two blanks of the module."""
    found, asked = [], ""
    for call, request in zip(calls, blanked([call.request for call in calls]), strict=True):
        found.append(said(call.operation, request, asked=asked))
        asked = call.step if call.asked else asked
    return found


def _tab(code: str, *, blanks: tuple[str, ...] = (), note: str = "") -> Tab:
    return Tab(slug="amplify-js", label="Amplify JS", language="javascript", text=code, note=note, blanks=blanks)


def _imports(all_said: list[Said]) -> str:
    functions = sorted({each.function for each in all_said if each.function})
    auth = f'import {{ {", ".join(functions)} }} from "aws-amplify/auth";\n' if functions else ""
    return f'import {{ Amplify }} from "aws-amplify";\n{auth}'


def _called(each: Said, *, binds: bool = False) -> str:
    """Two statements for an answer that Amplify takes in two."""
    statements = [f"await {each.function}({_argument(argument)});\n" for argument in (*each.first, each.argument)]
    if binds and each.brings:
        statements[-1] = f"const {each.brings} = {statements[-1]}"
    return "".join(statements)


def _argument(argument: Any) -> str:
    return "" if argument is None else literal(argument, JAVASCRIPT)


def _what_came(call: Call, step: Said) -> str:
    """What the function brings, or throws, for this answer."""
    found = names.of_answer(call)
    name = step.next_step or (found.amplify_js.name if found else "")
    if name and step.signs_in and not (call.error and step.next_step):
        return f'// nextStep.signInStep: "{name}"\n'
    if call.error and step.function:
        return f"// throws {call.error}\n"
    if found and step.signs_in and step.function:
        return f"// Cognito asks {call.asked}. Amplify {found.amplify_js.note}: {step.function}() goes on.\n"
    return ""


def _has_secret(request: Mapping[str, Any]) -> bool:
    members = [request, request.get("AuthParameters"), request.get("ChallengeResponses")]
    return any(
        name in member
        for member in members
        if isinstance(member, Mapping)
        for name in ("SECRET_HASH", "SecretHash", "ClientSecret")
    )
