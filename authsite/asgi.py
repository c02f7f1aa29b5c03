"""The ASGI entry point, for hosts that want one; ``make run`` uses WSGI."""

import os

from django.core.asgi import get_asgi_application

from authsite import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "authsite.settings")
application = get_asgi_application()
checks.refuse_to_start_if_broken()
