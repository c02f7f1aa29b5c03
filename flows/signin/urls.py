"""Addresses of the sign-in."""

from django.urls import path

from flows.signin import autofill, consent, links, media, site, views

urlpatterns = [
    path("", site.landing, name="landing"),
    path("healthz", site.healthz, name="healthz"),
    path("sign-in/", views.start, name="sign-in"),
    path("sign-in/passkey/", autofill.passkey, name="passkey"),
    path("sign-in/link/", links.link, name="link"),
    path("sign-in/<str:attempt>/", views.step, name="step"),
    path("sign-in/<str:attempt>/cancel/", views.cancel, name="cancel"),
    path("sign-in/<str:attempt>/another-way/", views.another_way, name="another-way"),
    path("sign-in/<str:attempt>/resend/", views.resend, name="resend"),
    path("sign-in/<str:attempt>/picture/", media.picture, name="picture"),
    path("sign-in/<str:attempt>/sound/", media.sound, name="sound"),
    path("remember-device/", consent.remember_device, name="remember-device"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
