"""How gunicorn serves the site: on a laptop (``make run``), in the container and in the tests alike.

Threads, because a sign-in mostly waits (for Cognito, or for SQLite's single writer): with sync workers two people who
sign in at once would stop the site for a third.
"""

import os

from authsite.worker import Worker

bind = [f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"]
worker_class = Worker
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_connections = 900  # a process may often have 1024 files open, and the database needs some of them
timeout = 30
graceful_timeout = 10
# Longer than clients and proxies keep an idle connection: whoever closes second may meet a request on its way.
keepalive = 75

# Heartbeats are written to a file every second; on a container's overlay file system that can stall a worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - a mount, not a temporary file

# The default control socket has one path for the whole account: two servers on one machine would fight over it.
control_socket_disable = True

# Requests are not logged unless somebody asks ("-" is the terminal); what matters is logged by the site itself.
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
