"""The demo's custom sign-in by aws-amplify: what the bundled functions ask, and what docs/clients.md says of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.clients import challenges
from tests.clients.challenges import DONE
from tests.live import Live
from tests.pools import App, Pool

WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
SIGNS = {"plus": 1, "minus": -1}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """With a question beside the picture, which is not for programs."""
    variables = json.dumps({"CHALLENGES": "recaptcha|question,link", "LINK_ANSWER_SECONDS": "0"})
    with Live(tmp_path_factory.mktemp("demo"), LAMBDA_ENVIRONMENT=variables) as server:
        yield server


def public(step: dict[str, Any]) -> dict[str, str]:
    assert step["signInStep"] == "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE"
    return dict(step["additionalInfo"])


def solve(question: str) -> str:
    """ "What is nine plus four?" -> "13"."""
    *_, first, sign, second = question.removesuffix("?").split()
    return str(WORDS.index(first) + SIGNS[sign] * WORDS.index(second))


def link_token(live: Live, username: str) -> str:
    """What stands behind ``#`` in the newest link to this person's address."""
    sent = requests.get(f"{live.url}/demo/outbox.json", timeout=10).json()
    texts = [each["text"] for each in sent if each["destination"].startswith(f"{username}@")]
    (token,) = re.findall(r"/sign-in/link/#(\S+)", texts[-1])
    return str(token)


def test_signs_in_without_a_password(live: Live) -> None:
    """A picture stands in for reCAPTCHA; a client may choose the alternative. Then a link by e-mail."""
    config = live.config
    demo = Pool(cognito=None, pool_id=config["userPoolId"], endpoint=config["endpoint"])  # type: ignore[arg-type]
    app = App(client_id=live.client("every-flow")["clientId"], client_secret=None)
    alice = config["users"][0]["username"]
    client = challenges.amplify(live, demo, app)
    try:
        step = client.begin(alice, authFlowType="CUSTOM_WITHOUT_SRP")
        assert public(step)["captchaUrl"].startswith("data:image/png;base64,")
        step = client.call("confirm", challengeResponse="-", options={"clientMetadata": {"challenge": "question"}})
        step = client.confirm(solve(public(step)["question"]))
        assert public(step).keys() == {"linkAttempt", "USERNAME"}
        assert client.confirm(link_token(live, alice)) == DONE
        client.call("signOut")
    finally:
        client.close()
