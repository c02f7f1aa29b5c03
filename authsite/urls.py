"""Every URL of the site."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("flows.signin.urls")),
    path("account/", include("flows.account.urls")),
]
if settings.EMBEDDED_POOL:
    urlpatterns += [path("", include("flows.pool.urls"))]
