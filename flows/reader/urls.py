"""Addresses of the reader, below /docs/."""

from django.urls import path

from flows.reader import views

urlpatterns = [
    path("", views.index, name="docs"),
    path("source/", views.source_view, name="docs-files"),
    path("source/<path:path>", views.source_view, name="docs-source"),
    path("<path:path>", views.page, name="docs-page"),
]
