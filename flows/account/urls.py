"""Addresses of the pages for whoever is signed in."""

from django.urls import path

from flows.account import overview

urlpatterns = [path("", overview.overview, name="account")]
