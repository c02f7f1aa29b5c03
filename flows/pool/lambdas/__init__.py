"""Running Lambda functions on this machine, so that a pool's triggers work without AWS.

``invocation`` is what the pool calls: it finds a function by its ARN, for as many calls at once as it has ``places``.
Python handlers run in processes of their own (``environments``, each a ``process`` whose other end is ``runtime``);
every other function is called at LAMBDA_ENDPOINT_URL (``remote``, by an ``exchange``).
"""
