"""Addresses for who cannot sign in yet."""

from django.urls import path

from backoffice.staff import views

app_name = "staff"
urlpatterns = [path("welcome/", views.welcome, name="welcome")]
