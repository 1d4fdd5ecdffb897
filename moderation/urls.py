"""Addresses of the desk. Nothing here writes on GET."""

from django.urls import URLPattern

app_name = "moderation"
urlpatterns: list[URLPattern] = []
