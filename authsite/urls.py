"""Every URL of the site."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("flows.signin.urls")),
    path("account/", include("flows.account.urls")),
    path("recover/", include("flows.account.recovery_urls")),
]
handler400 = "flows.signin.errors.bad_request"
handler404 = "flows.signin.errors.not_found"
handler500 = "flows.signin.errors.server_error"

if settings.INSPECTOR:
    urlpatterns += [path("flows/", include("flows.inspector.urls"))]
if settings.DEMONSTRATION:
    urlpatterns += [path("flows/", include("flows.gallery.urls")), path("docs/", include("flows.reader.urls"))]
if settings.DEMO_GUARD and settings.DEMONSTRATION:
    urlpatterns += [path("flows/playground/", include("flows.playground.urls"))]
if settings.EMBEDDED_POOL:
    urlpatterns += [path("", include("flows.pool.urls"))]
