"""Where the embedded pool answers. Both spellings of the endpoint, because clients post to it verbatim."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import path

from flows.pool import http
from flows.pool.demo import ses, views

_ENDPOINT = urlsplit(settings.POOL_ENDPOINT).path.strip("/")

urlpatterns = [
    path(_ENDPOINT, http.cognito_idp, name="cognito-idp"),
    path(f"{_ENDPOINT}/", http.cognito_idp),
    path(f"{_ENDPOINT}/<path:below>", http.cognito_idp),
    path("demo/config.json", views.config_json, name="demo-config"),
    path("demo/outbox.json", views.outbox_json, name="demo-outbox-json"),
    path("demo/outbox/", views.outbox, name="demo-outbox"),
    path("demo/ses/v2/email/outbound-emails", ses.send_email),
]
