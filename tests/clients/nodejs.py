"""Clients that live in Node.js: each is a program in ``node/`` that does what it is told, one JSON line at a time."""

import json
import subprocess
from pathlib import Path
from typing import Any, ClassVar

from tests import machine
from tests.clients.client import Client, Refused, Tokens

PROGRAMS = Path(__file__).parent / "node"


class NodeClient(Client):
    program: ClassVar[str]

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        machine.node_packages()
        self._process = subprocess.Popen(
            [machine.node(), str(PROGRAMS / self.program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.configure()

    def configure(self) -> None:
        """Be as newly started: nobody is signed in, and nothing is remembered."""
        self._tell(
            "configure",
            userPoolId=self.pool.pool_id,
            clientId=self.app.client_id,
            endpoint=self.pool.endpoint,
        )

    def sign_in(self, username: str, password: str, *, flow: str) -> str:
        return str(self._tell("signIn", username=username, password=password, flow=flow))

    def answer_new_password(self, password: str) -> str:
        return str(self._tell("answerNewPassword", password=password))

    def tokens(self) -> Tokens:
        return Tokens(**self._tell("tokens"))

    def refresh(self) -> None:
        self._tell("refresh")

    def attributes(self) -> dict[str, str]:
        return dict(self._tell("attributes"))

    def sign_out(self) -> None:
        self._tell("signOut")

    def sign_out_everywhere(self) -> None:
        self._tell("signOutEverywhere")

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait(timeout=60)  # it ends when nobody speaks to it any more

    def _tell(self, action: str, **options: Any) -> Any:
        """Have ``action`` done; what it returns. Whatever the program asks meanwhile is answered. Raises Refused."""
        self._send({"action": action, "options": options})
        answer = self._receive()
        while "asks" in answer:
            self._send(self._asked(**answer["asks"]))
            answer = self._receive()
        if "refused" in answer:
            raise Refused(answer["refused"]["code"], answer["refused"]["message"])
        return answer["value"]

    def _asked(self, *, question: str, about: Any) -> Any:
        """The answer to a question of the program's; most ask none."""
        raise NotImplementedError(question)

    def _send(self, message: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, f"{self.program} ended"
        return dict(json.loads(line))


class Amplify(NodeClient):
    program = "amplify.mjs"


class IdentityJs(NodeClient):
    program = "identity-js.mjs"
