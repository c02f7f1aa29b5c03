"""As much of Amazon SES, SNS and KMS as the triggers call, on a loopback port."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

from tests import kms


@dataclass
class Aws:
    """``emails`` are the requests that SES got, ``texts`` SNS's; ``down`` makes every answer an error."""

    emails: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)
    down: bool = False

    def clear(self) -> None:
        self.emails.clear()
        self.texts.clear()
        self.down = False

    @property
    def variables(self) -> dict[str, str]:
        url = f"http://127.0.0.1:{self._server.server_port}"
        return {
            "AWS_ENDPOINT_URL": url,
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "example",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def __enter__(self) -> Self:
        aws = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = (500, b"{}") if aws.down else aws.answer(self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, bytes]:
        if path == "/v2/email/outbound-emails":
            self.emails.append(json.loads(body))
            return 200, b'{"MessageId": "1"}'
        if headers.get("X-Amz-Target", "").startswith(kms.SERVICE):
            status, answered = kms.answer(headers["X-Amz-Target"], json.loads(body))
            return status, json.dumps(answered).encode()
        sent = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        assert sent["Action"] == "Publish"
        self.texts.append(sent)
        return 200, b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
