"""All addresses. Apps are named by string: the ground floor imports nothing above it."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("", admin.site.urls),
]
