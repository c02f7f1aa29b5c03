"""Addresses of the inspector, below /flows/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
