"""What to look for in a public text. A new detector is registered here."""

from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.links import Links
from moderation.detectors.phone_numbers import PhoneNumbers
from moderation.detectors.registry import Detector, Found, Span, register, registered, scan

__all__ = ["Detector", "Found", "Span", "register", "registered", "scan"]

register(PhoneNumbers())
register(EmailAddresses())
register(Links())
