"""Addresses of the pages for whoever is signed in."""

from django.urls import path

from flows.account import authenticator_app, devices, mfa, overview, passkeys

urlpatterns = [
    path("", overview.overview, name="account"),
    path("renew/", overview.renew, name="renew"),
    path("passkeys/", passkeys.overview, name="passkeys"),
    path("passkeys/add/", passkeys.add, name="passkey-add"),
    path("passkeys/<path:credential>/delete/", passkeys.delete, name="passkey-delete"),
    path("mfa/", mfa.overview, name="mfa"),
    path("mfa/app/", authenticator_app.set_up, name="authenticator-app"),
    path("devices/", devices.overview, name="devices"),
    path("devices/<str:key>/forget/", devices.forget, name="device-forget"),
]
