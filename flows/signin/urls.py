"""Addresses of the sign-in."""

from django.urls import path

from flows.signin import site, views

urlpatterns = [
    path("", site.landing, name="landing"),
    path("healthz", site.healthz, name="healthz"),
    path("sign-in/", views.start, name="sign-in"),
    path("sign-in/<str:attempt>/", views.step, name="step"),
    path("sign-in/<str:attempt>/cancel/", views.cancel, name="cancel"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
