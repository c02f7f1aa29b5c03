"""AWS KMS as far as the AWS Encryption SDK asks it: GenerateDataKey and Decrypt, under one key."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1b5b0000-0000-4000-8000-000000000000"
SERVICE = "TrentService"  # what X-Amz-Target begins with


def answer(target: str, request: dict[str, Any]) -> tuple[int, dict[str, str]]:
    """Status and body. A data key is wrapped by turning it round, so that recorded codes can be decrypted: a test."""
    if request.get("KeyId", KEY_ARN) != KEY_ARN:
        return 400, {"__type": "NotFoundException"}
    if target == f"{SERVICE}.GenerateDataKey":
        key = secrets.token_bytes(request["NumberOfBytes"])
        return 200, {"KeyId": KEY_ARN, "Plaintext": _text(key), "CiphertextBlob": _text(key[::-1])}
    assert target == f"{SERVICE}.Decrypt"
    return 200, {"KeyId": KEY_ARN, "Plaintext": _text(base64.b64decode(request["CiphertextBlob"])[::-1])}


@contextmanager
def running() -> Iterator[str]:
    """Its URL, for AWS_ENDPOINT_URL_KMS."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answered = answer(self.headers["X-Amz-Target"], request)
            body = json.dumps(answered).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
