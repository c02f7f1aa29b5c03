"""Answers of a stub pool that say yes."""

import json
from typing import Any

from tests.cognito.stub import Answer


def answer(body: dict[str, Any]) -> Answer:
    return Answer(body=json.dumps(body).encode())
