"""AWS KMS as far as the AWS Encryption SDK asks it: GenerateDataKey and Decrypt, under one key."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"


@contextmanager
def running() -> Iterator[str]:
    """Its URL, for AWS_ENDPOINT_URL_KMS."""
    wrapped: dict[str, str] = {}

    def generate(request: dict[str, Any]) -> dict[str, str]:
        plain = base64.b64encode(secrets.token_bytes(request["NumberOfBytes"])).decode()
        blob = base64.b64encode(secrets.token_bytes(32)).decode()
        wrapped[blob] = plain
        return {"KeyId": KEY_ARN, "Plaintext": plain, "CiphertextBlob": blob}

    def decrypt(request: dict[str, Any]) -> dict[str, str]:
        return {"KeyId": KEY_ARN, "Plaintext": wrapped[request["CiphertextBlob"]]}

    operations = {"TrentService.GenerateDataKey": generate, "TrentService.Decrypt": decrypt}

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = request.get("KeyId", KEY_ARN) == KEY_ARN
            answer = operations[self.headers["X-Amz-Target"]](request) if known else {"__type": "NotFoundException"}
            body = json.dumps(answer).encode()
            self.send_response(200 if known else 400)
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
