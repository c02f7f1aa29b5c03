"""Google's siteverify on a loopback port, over TLS, with a certificate of an authority made for the run.

The token decides what it answers, and counts once, as at Google. ``variables`` let a function find and trust it.
"""

import datetime
import ipaddress
import json
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PUBLIC_KEY, PRIVATE_KEY = "site-key-of-the-tests", "secret-of-the-tests"
HOSTNAME = "sign-in.example"
GOOD = {"success": True, "challenge_ts": "2026-11-21T12:00:00Z", "hostname": HOSTNAME}
DUPLICATE = {"success": False, "error-codes": ["timeout-or-duplicate"]}


@dataclass
class Google:
    """``answers`` maps tokens to what is said of them: JSON, raw bytes, a status, or seconds to wait before GOOD."""

    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        return {
            "RECAPTCHA_DOMAIN": f"localhost:{self._server.server_port}",
            "RECAPTCHA_PUBLIC_KEY": PUBLIC_KEY,
            "RECAPTCHA_PRIVATE_KEY": PRIVATE_KEY,
            "RECAPTCHA_HOSTNAMES": f"localhost,{HOSTNAME}",
            "SSL_CERT_FILE": str(self.folder / "authority.pem"),
        }

    def __enter__(self) -> Self:
        google = self

        class SiteVerify(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/recaptcha/api/siteverify"
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
                status, body = google.verdict({name: values[0] for name, values in form.items()})
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), SiteVerify)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(self.folder, "localhost"))
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def verdict(self, form: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(form)
        token = form["response"]
        if form["secret"] != PRIVATE_KEY:
            return 200, json.dumps({"success": False, "error-codes": ["invalid-input-secret"]}).encode()
        answer = self.answers.get(token, GOOD if token.startswith("good") else {"success": False, "error-codes": []})
        if token in self.used:
            answer = DUPLICATE
        self.used.add(token)
        if isinstance(answer, float):
            time.sleep(answer)
            answer = GOOD
        if isinstance(answer, int) and not isinstance(answer, bool):
            return answer, b"<h1>Sorry</h1>"
        return 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode()


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path, host: str) -> Path:
    """Writes ``authority.pem``, and returns the file with the key and the certificate of ``host``."""
    now = datetime.datetime.now(datetime.UTC)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test run")])

    def signed(subject: x509.Name, public_key: Any, *extensions: tuple[x509.ExtensionType, bool]) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(minutes=5))
            .not_valid_after(now + datetime.timedelta(days=1))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(authority_key, hashes.SHA256())

    # Python 3.13 and newer insist on what RFC 5280 demands: key usage, and identifiers of both keys.
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    root = signed(
        authority,
        authority_key.public_key(),
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (usage, True),
        (x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), False),
    )
    leaf = signed(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]),
        key.public_key(),
        (x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False),
    )
    (folder / "authority.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + leaf.public_bytes(serialization.Encoding.PEM)
    )
    return path
