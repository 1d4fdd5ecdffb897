"""Who hears from this house, and whether what leaves it arrives."""

from backoffice.outbox.admin.deliveries import DeliveryAdmin
from backoffice.outbox.admin.letters import MailAdmin
from backoffice.outbox.admin.receivers import WebhookEndpointAdmin

__all__ = ["DeliveryAdmin", "MailAdmin", "WebhookEndpointAdmin"]
