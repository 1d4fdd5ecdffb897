from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "backoffice.platforms"
    label = "platforms"
