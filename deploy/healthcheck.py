"""The container's health check: ask ourselves for /healthz, as the proxy in front of us would."""

import http.client
import os
import sys


def healthy() -> bool:
    # A name that ALLOWED_HOSTS has, and the proxy's word that the visitor used https: else Django refuses or redirects.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".").replace("*", "localhost")
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy())
