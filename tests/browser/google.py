"""Google's side of reCAPTCHA on a loopback port, over TLS: the script, its frame, and siteverify.

The script does what a page can see of Google's: it puts markup with style attributes and a frame from its own host into
the page, calls home, and hands out tokens. Which token it hands out next is the test's to say, and what siteverify says
of it.
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.triggers.google import Google, certificate

_SCRIPT = """
(() => {
  const home = new URL(document.currentScript.src).origin + "/recaptcha/";
  const token = "%s";
  const drawn = [];
  fetch(home + "api2/clr", { method: "POST", mode: "no-cors" });
  addEventListener("message", ({ data, origin }) => {
    if (home.startsWith(origin) && data === "ticked") drawn[0].callback(token);
  });
  window.grecaptcha = {
    ready: (then) => setTimeout(then),
    render(box, options) {
      const frame = Object.assign(document.createElement("iframe"), { src: home + "anchor", title: "reCAPTCHA" });
      box.insertAdjacentHTML("beforeend", '<div style="max-width: 304px"></div>');
      if (options.size !== "invisible") box.lastChild.append(Object.assign(frame, { width: 304, height: 78 }));
      return drawn.push(options) - 1;
    },
    execute: (what, options) =>
      typeof what === "number" ? setTimeout(() => drawn[what].callback(token)) : Promise.resolve(token),
  };
})();
"""
_FRAME = """<!doctype html><html lang="en"><title>reCAPTCHA</title><label style="font:16px sans-serif">
<input type="checkbox" onchange="parent.postMessage('ticked', '*')"> I'm not a robot</label></html>"""


@dataclass
class StandIn:
    """``token`` is what the script hands out; ``google.answers`` says what siteverify thinks of it."""

    google: Google
    domain: str = ""
    token: str = "good"

    @property
    def variables(self) -> dict[str, str]:
        """What a function needs to find and trust it."""
        return {
            "RECAPTCHA_PUBLIC_KEY": "site-key-of-the-tests",
            "RECAPTCHA_PRIVATE_KEY": "secret-of-the-tests",
            "RECAPTCHA_HOSTNAMES": "sign-in.example",
            "RECAPTCHA_DOMAIN": self.domain,
            "SSL_CERT_FILE": str(self.google.folder / "authority.pem"),
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Chromium hangs up on an authority that it does not know, and comes back when it is told to trust it."""


@contextmanager
def standing_in(folder: Path) -> Iterator[StandIn]:
    stand_in = StandIn(Google(folder))

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = urlsplit(self.path).path
            known = {
                "/recaptcha/api.js": ("text/javascript", _SCRIPT % stand_in.token),
                "/recaptcha/anchor": ("text/html; charset=utf-8", _FRAME),
            }
            content_type, body = known.get(page, ("text/plain", ""))
            self._send(200 if page in known else 404, content_type, body.encode())

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if self.path.endswith("/siteverify"):
                form = parse_qs(sent, keep_blank_values=True)
                status, body = stand_in.google.verdict({name: values[0] for name, values in form.items()})
                self._send(status, "application/json", body)
            else:
                self._send(200, "text/plain", b"")

        def _send(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = _Server(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder, "localhost"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    stand_in.domain = f"localhost:{server.server_port}"
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
