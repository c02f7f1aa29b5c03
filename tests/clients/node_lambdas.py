"""Lambda functions in Node.js behind the Lambda Invoke API: ``node/lambda-runtime.mjs`` and what is in its folder."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests import machine
from tests.clients.nodejs import PROGRAMS
from tests.lambda_api import ARN


@contextmanager
def running() -> Iterator[str]:
    """The URL for LAMBDA_ENDPOINT_URL."""
    command = [machine.node(), str(PROGRAMS / "lambda-runtime.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url, "lambda-runtime.mjs ended"
        yield url  # it ends when its pipes are closed


def config(*, define: str, create: str, verify: str) -> dict[str, str]:
    """LambdaConfig of a custom sign-in by these functions."""
    names = {"DefineAuthChallenge": define, "CreateAuthChallenge": create, "VerifyAuthChallengeResponse": verify}
    return {trigger: f"{ARN}{name}" for trigger, name in names.items()}
