"""Members of staff: who works here, and with which role."""

from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister(Group)  # groups are the roles of the code, kept in step by `sync_roles`
