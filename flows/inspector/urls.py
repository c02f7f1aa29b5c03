"""Addresses of the inspector, below /flows/."""

from django.urls import path

from flows.inspector.pages import compare_views, export_views, run_views, views

urlpatterns = [
    path("inspector/", views.turn, name="inspector-switch"),
    path("runs/", run_views.all_runs, name="inspector-runs"),
    path("runs/compare/", compare_views.compare, name="inspector-compare"),  # before the ids: none is that short
    path("runs/<str:run>.json", export_views.as_json, name="inspector-run-json"),
    path("runs/<str:run>.md", export_views.as_markdown, name="inspector-run-md"),
    path("runs/<str:run>.svg", export_views.as_svg, name="inspector-run-svg"),
    path("runs/<str:run>/", run_views.one_run, name="inspector-run"),
    path("runs/<str:run>/keep/", run_views.keep, name="inspector-run-keep"),
    path("runs/<str:run>/delete/", run_views.delete, name="inspector-run-delete"),
    path("runs/<str:run>/<int:number>/", run_views.slide, name="inspector-slide"),
    path("runs/<str:run>/<int:number>/code/", views.code_of, name="inspector-code"),
]
