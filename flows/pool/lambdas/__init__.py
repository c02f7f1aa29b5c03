"""Running Lambda functions on this machine, so that a pool's triggers work without AWS.

``invocation`` is what the pool calls: it finds a function by its ARN. Python handlers run in processes of their own
(``environments``, whose other end is ``runtime``); every other function is called at LAMBDA_ENDPOINT_URL (``remote``).
"""
