"""Addresses for whoever cannot sign in any more."""

from django.urls import path

from flows.account import recovery

urlpatterns = [
    path("", recovery.start, name="recover"),
    path("code/", recovery.code, name="recover-code"),
]
