"""Addresses of the inspector, below /flows/."""

from django.urls import path

from flows.inspector import views

urlpatterns = [
    path("inspector/", views.turn, name="inspector-switch"),
    path("runs/<str:run>/<int:number>/code/", views.code_of, name="inspector-code"),
]
