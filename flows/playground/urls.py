"""Addresses of the playground."""

from django.urls import path

from flows.playground import views

urlpatterns = [
    path("", views.playground, name="playground"),
    path("settings/<slug:slug>/", views.change, name="playground-change"),
    path("users/<str:username>/<slug:what>/", views.change_user, name="playground-user"),
    path("back/", views.back, name="playground-back"),
    path("new-demo/", views.new_demo, name="playground-new-demo"),
]
