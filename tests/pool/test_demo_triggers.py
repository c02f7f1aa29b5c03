"""The demo's functions, in processes of their own beside a live server: what ``make run`` shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests import boto
from tests.live import Live

NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A question instead of the picture, which is not for programs."""
    variables = json.dumps({"CHALLENGES": "question,link", "LINK_ANSWER_SECONDS": "0"})
    with Live(tmp_path_factory.mktemp("demo-triggers"), LAMBDA_ENVIRONMENT=variables) as live:
        yield live


@pytest.fixture(scope="module")
def cognito(server: Live) -> Any:
    return boto.over_http(server.config)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a team took out of its own Django site."""
    path = tmp_path_factory.mktemp("team") / "dump.json"
    password = PBKDF2PasswordHasher().encode("Right-Horse-9!", "salt0123", 1000)
    fields = {"username": "zoe", "email": "zoe@example.com", "password": password}
    path.write_text(json.dumps([{"model": "auth.user", "fields": fields}]))
    return path


@pytest.fixture(scope="module")
def of_a_team(tmp_path_factory: pytest.TempPathFactory, dump: Path) -> Iterator[Live]:
    """The demo with somebody's own directory, and with keys for reCAPTCHA."""
    private_key = dump.with_name("private_key")
    private_key.write_text("the private key\n")
    keys = {"RECAPTCHA_PUBLIC_KEY": "the public key", "RECAPTCHA_PRIVATE_KEY_FILE": str(private_key)}
    variables = json.dumps({"LEGACY_USERS_FILE": str(dump)})
    with Live(tmp_path_factory.mktemp("of-a-team"), LAMBDA_ENVIRONMENT=variables, **keys) as live:
        yield live


def user(server: Live, name: str) -> dict[str, str]:
    return next(each for each in server.config["users"] if each["username"] == name)


def mails(server: Live) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = requests.get(server.config["outboxUrl"], timeout=10).json()
    return [each for each in found if each["purpose"] == "SendEmail"]


def solved(question: str) -> str:
    words = re.fullmatch(r"What is (\w+) (plus|minus) (\w+)\?", question)
    assert words
    first, second = NUMBERS.index(words[1]), NUMBERS.index(words[3])
    return str(first + second if words[2] == "plus" else first - second)


def test_a_question_and_then_a_link_sign_in(server: Live, cognito: Any) -> None:
    client_id = server.client("every-flow")["clientId"]

    def answer(asked: dict[str, Any], text: str) -> dict[str, Any]:
        responses = {"USERNAME": "alice", "ANSWER": text}
        request = {"ClientId": client_id, "ChallengeName": "CUSTOM_CHALLENGE", "ChallengeResponses": responses}
        found: dict[str, Any] = cognito.respond_to_auth_challenge(**request, Session=asked["Session"])
        return found

    asked = cognito.initiate_auth(ClientId=client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "alice"})
    asked = answer(asked, solved(asked["ChallengeParameters"]["question"]))
    assert asked["ChallengeParameters"].keys() == {"USERNAME", "linkAttempt"}
    mail = mails(server)[-1]
    link = re.search(r"http\S+#(\S+)", mail["text"])
    assert link
    assert mail["destination"] == "alice@example.com"
    assert link[0].startswith(f"{server.url}/sign-in/link/#")
    assert answer(asked, link[1])["AuthenticationResult"]["AccessToken"]


def test_a_name_without_a_user_looks_like_one_with(server: Live, cognito: Any) -> None:
    """Wrong, right, and on to the link, to the last try: what somebody sees who asks who has an account."""

    def seen(name: str) -> list[Any]:
        rounds: list[Any] = []
        request = {"ClientId": server.client("every-flow")["clientId"]}
        asked = cognito.initiate_auth(**request, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": name})
        for wrong in (True, False, True, True, True):
            parameters = asked["ChallengeParameters"]
            rounds.append(sorted(parameters))
            text = "00000000" if wrong else solved(parameters["question"])
            responses = {"USERNAME": name, "ANSWER": text}
            try:
                asked = cognito.respond_to_auth_challenge(
                    **request,
                    ChallengeName="CUSTOM_CHALLENGE",
                    Session=asked["Session"],
                    ChallengeResponses=responses,
                )
            except ClientError as error:
                rounds.append(error.response["Error"])
        return rounds

    before = len(mails(server))
    nobody = [seen(name) for name in ("nobody-here", "nobody-here@example.com")]
    assert len(mails(server)) == before
    for each in nobody:
        assert each == seen("bob")
        assert each[1:] == [
            ["USERNAME", "question"],
            *[["USERNAME", "linkAttempt"]] * 3,
            {"Code": "NotAuthorizedException", "Message": "Incorrect username or password."},
        ]
    assert len(mails(server)) == before + 2


def test_a_robot_is_offered_nothing_easier_than_the_picture(live: Live) -> None:
    """Alternatives are as strong as the weakest, and behind this one messages are sent."""
    cognito, client_id = boto.over_http(live.config), live.client("every-flow")["clientId"]
    before = len(mails(live))
    asked = cognito.initiate_auth(ClientId=client_id, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "alice"})
    for choice in ("question", "link"):
        asked = cognito.respond_to_auth_challenge(
            ClientId=client_id,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": "alice", "ANSWER": "-"},
            ClientMetadata={"challenge": choice},
        )
        assert asked["ChallengeParameters"]["captchaUrl"].startswith("data:image/png;base64,")
    assert len(mails(live)) == before


def test_the_older_directory_gives_up_its_user(server: Live, cognito: Any) -> None:
    ivan = user(server, "ivan")
    parameters = {"USERNAME": "ivan", "PASSWORD": ivan["password"]}
    request = {"ClientId": server.client("every-flow")["clientId"], "AuthFlow": "USER_PASSWORD_AUTH"}
    token = cognito.initiate_auth(**request, AuthParameters=parameters)["AuthenticationResult"]["AccessToken"]
    attributes = {each["Name"]: each["Value"] for each in cognito.get_user(AccessToken=token)["UserAttributes"]}
    assert attributes["given_name"] == "Ivan"
    assert attributes["email_verified"] == "true"
    with pytest.raises(ClientError):
        cognito.initiate_auth(**request, AuthParameters=parameters | {"PASSWORD": "Wrong-Horse-9!"})


def test_the_older_directory_holds_a_hash(server: Live) -> None:
    content = (server.data_dir / "legacy_users.json").read_text()
    assert json.loads(content)[0]["fields"]["password"].startswith("pbkdf2_sha256$")
    assert user(server, "ivan")["password"] not in content


def test_a_directory_of_ones_own_is_read_and_never_written(of_a_team: Live, dump: Path) -> None:
    before = dump.read_text()
    assert "ivan" not in [each["username"] for each in of_a_team.config["users"]]
    request = {"ClientId": of_a_team.client("every-flow")["clientId"], "AuthFlow": "USER_PASSWORD_AUTH"}
    parameters = {"USERNAME": "zoe", "PASSWORD": "Right-Horse-9!"}
    answered = boto.over_http(of_a_team.config).initiate_auth(**request, AuthParameters=parameters)  # type: ignore[arg-type]
    assert answered["AuthenticationResult"]["AccessToken"]
    assert dump.read_text() == before
    assert not (of_a_team.data_dir / "legacy_users.json").exists()


# -- Keys for reCAPTCHA ------------------------------------------------------------------------------------------
def test_with_keys_it_is_recaptcha_that_is_asked(of_a_team: Live) -> None:
    asked = boto.over_http(of_a_team.config).initiate_auth(
        ClientId=of_a_team.client("every-flow")["clientId"],
        AuthFlow="CUSTOM_AUTH",
        AuthParameters={"USERNAME": "alice"},
    )
    assert asked["ChallengeParameters"]["recaptchaSiteKey"] == "the public key"
    assert "There are keys for a reCAPTCHA" in requests.get(of_a_team.url, timeout=10).text


# -- The stand-in for Amazon SES -------------------------------------------------------------------------------
def ses(server: Live, *, secret: str | None = None) -> Any:
    return boto3.session.Session().client(
        "sesv2",
        endpoint_url=f"{server.url}/demo/ses",
        region_name=server.config["region"],
        aws_access_key_id=server.config["accessKeyId"],
        aws_secret_access_key=secret or server.config["secretAccessKey"],
        config=Config(retries={"total_max_attempts": 1}),
    )


MAIL = {
    "FromEmailAddress": "demo@example.com",
    "Destination": {"ToAddresses": ["zoe@example.com"]},
    "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hello, Zoë."}}}},
}


def test_boto3_sends_e_mail_into_the_outbox(server: Live) -> None:
    assert ses(server).send_email(**MAIL)["MessageId"]
    assert (mails(server)[-1]["destination"], mails(server)[-1]["text"]) == ("zoe@example.com", "Hello, Zoë.")


def test_only_what_the_pools_key_pair_signs(server: Live) -> None:
    before = len(mails(server))
    with pytest.raises(ClientError) as refused:
        ses(server, secret="x" * 40).send_email(**MAIL)
    assert refused.value.response["Error"]["Code"] == "InvalidSignatureException"
    unsigned = requests.post(f"{server.url}/demo/ses/v2/email/outbound-emails", json=MAIL, timeout=10)
    assert unsigned.status_code == 403
    assert len(mails(server)) == before


@pytest.mark.parametrize("content", [{"Raw": {"Data": b"From: a"}}, {"Template": {"TemplateName": "a"}}])
def test_other_forms_are_refused(server: Live, content: dict[str, Any]) -> None:
    with pytest.raises(ClientError) as refused:
        ses(server).send_email(**MAIL | {"Content": content})
    assert refused.value.response["Error"]["Code"] == "BadRequestException"


def test_nobody_else_finds_it(server: Live) -> None:
    for headers in ({"Host": "127.0.0.1.example"}, {"X-Forwarded-For": "192.0.2.1"}):
        url = f"{server.url}/demo/ses/v2/email/outbound-emails"
        assert requests.post(url, json=MAIL, headers=headers, timeout=10).status_code in (400, 404)
