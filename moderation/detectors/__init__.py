"""What to look for in a text. A new detector is registered here; rules are in `moderation.rules`."""

from moderation.detectors.bank_accounts import BankAccounts
from moderation.detectors.email_addresses import EmailAddresses
from moderation.detectors.handles import Handles
from moderation.detectors.links import Links
from moderation.detectors.phone_numbers import PhoneNumbers
from moderation.detectors.registry import Detector, Found, Span, register, registered, scan
from moderation.detectors.spelled_links import SpelledLinks
from moderation.detectors.spelled_numbers import SpelledNumbers
from moderation.detectors.street_addresses import StreetAddresses
from moderation.detectors.young_ages import YoungAges

__all__ = ["Detector", "Found", "Span", "register", "registered", "scan"]

register(PhoneNumbers())
register(SpelledNumbers())
register(EmailAddresses())
register(Links())
register(SpelledLinks())
register(StreetAddresses())
register(BankAccounts())
register(Handles())
register(YoungAges())
