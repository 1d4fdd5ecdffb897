"""What the servicedesk keeps."""

from incidents.models.files import StoredFile

__all__ = [
    "StoredFile",
]
