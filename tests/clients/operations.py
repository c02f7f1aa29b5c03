"""Clients that speak the API's operations by name: boto3, and the AWS command line.

Neither knows SRP; the proof is computed with pycognito's, as scripts do.
"""

import json
import os
import re
import subprocess
import sys
from abc import abstractmethod
from pathlib import Path
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from pycognito.aws_srp import AWSSRP

from tests import boto
from tests.clients.client import DONE, Client, Refused, Tokens

AWS = Path(sys.executable).with_name("aws")
SIGNED = {"AdminInitiateAuth", "AdminRespondToAuthChallenge"}


class OperationsClient(Client):
    """Signs in as a script does that calls one operation after the other."""

    _result: dict[str, str]
    _session: str

    @abstractmethod
    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        """Raises Refused."""

    def sign_in(self, username: str, password: str, *, flow: str) -> str:
        self._username, self._prefix = username, "Admin" if flow.startswith("ADMIN_") else ""
        if flow == "USER_SRP_AUTH":
            return self._sign_in_by_srp(username, password)
        parameters = {"USERNAME": username, "PASSWORD": password, **self._secret_hash(username)}
        return self._follow(
            self.call(f"{self._prefix}InitiateAuth", AuthFlow=flow, AuthParameters=parameters, **self._where())
        )

    def answer_new_password(self, password: str) -> str:
        return self._respond(
            "NEW_PASSWORD_REQUIRED",
            {"USERNAME": self._username, "NEW_PASSWORD": password, **self._secret_hash(self._username)},
            Session=self._session,
        )

    def tokens(self) -> Tokens:
        result = self._result
        return Tokens(access=result["AccessToken"], id=result["IdToken"], refresh=result["RefreshToken"])

    def refresh(self) -> None:
        parameters = {"REFRESH_TOKEN": self._result["RefreshToken"], **self._secret_hash(self._username)}
        answer = self.call(
            "InitiateAuth", AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters, ClientId=self.app.client_id
        )
        self._result |= answer["AuthenticationResult"]

    def attributes(self) -> dict[str, str]:
        user = self.call("GetUser", AccessToken=self._result["AccessToken"])
        return {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}

    def sign_out(self) -> None:
        secret = {"ClientSecret": self.app.client_secret} if self.app.client_secret else {}
        self.call("RevokeToken", Token=self._result["RefreshToken"], ClientId=self.app.client_id, **secret)

    def sign_out_everywhere(self) -> None:
        self.call("GlobalSignOut", AccessToken=self._result["AccessToken"])

    def _sign_in_by_srp(self, username: str, password: str) -> str:
        srp = self._srp(username, password)
        first = srp.get_auth_params()
        asked = self.call("InitiateAuth", AuthFlow="USER_SRP_AUTH", AuthParameters=first, **self._where())
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        session = {"Session": asked["Session"]} if "Session" in asked else {}
        return self._respond("PASSWORD_VERIFIER", srp.process_challenge(asked["ChallengeParameters"], first), **session)

    def _srp(self, username: str, password: str) -> AWSSRP:
        return AWSSRP(
            username=username,
            password=password,
            pool_id=self.pool.pool_id,
            client_id=self.app.client_id,
            client=self,
            client_secret=self.app.client_secret,
        )

    def _respond(self, challenge: str, responses: dict[str, str], **members: str) -> str:
        operation = f"{self._prefix}RespondToAuthChallenge"
        return self._follow(
            self.call(operation, ChallengeName=challenge, ChallengeResponses=responses, **self._where(), **members)
        )

    def _follow(self, answer: dict[str, Any]) -> str:
        if "AuthenticationResult" in answer:
            self._result = answer["AuthenticationResult"]
            return DONE
        self._session = answer["Session"]
        return str(answer["ChallengeName"])

    def _where(self) -> dict[str, str]:
        pool = {"UserPoolId": self.pool.pool_id} if self._prefix else {}
        return {"ClientId": self.app.client_id, **pool}

    def _secret_hash(self, username: str) -> dict[str, str]:
        if not self.app.client_secret:
            return {}
        return {"SECRET_HASH": AWSSRP.get_secret_hash(username, self.app.client_id, self.app.client_secret)}


class Boto3(OperationsClient):
    """boto3 over HTTP, signing what must be signed."""

    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        config = {
            "endpoint": self.pool.endpoint,
            "region": self.region,
            "accessKeyId": self.keys[0],
            "secretAccessKey": self.keys[1],
        }
        client = boto.over_http(config, signed=operation in SIGNED)
        try:
            answer: dict[str, Any] = getattr(client, xform_name(operation))(**members)
        except ClientError as error:
            raise Refused(error.response["Error"]["Code"], error.response["Error"]["Message"]) from None
        return answer


class AwsCli(OperationsClient):
    """The AWS command line: one process per operation."""

    def call(self, operation: str, **members: Any) -> dict[str, Any]:
        command = [str(AWS), "cognito-idp", xform_name(operation, "-"), "--endpoint-url", self.pool.endpoint]
        if operation not in SIGNED:
            command.append("--no-sign-request")
        for name, value in members.items():
            command += [f"--{xform_name(name, '-')}", value if isinstance(value, str) else json.dumps(value)]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False, timeout=60)
        if done.returncode == 0:
            return json.loads(done.stdout) if done.stdout.strip() else {}
        told = re.search(r"An error occurred \((\w+)\) when calling the \w+ operation: (.*)", done.stderr)
        assert told, done.stderr
        raise Refused(told[1], told[2].strip())

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": self.keys[0],
            "AWS_SECRET_ACCESS_KEY": self.keys[1],
            "AWS_DEFAULT_REGION": self.region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "LC_ALL": "C.UTF-8",
        }
