"""Who writes the letters (R01), and where answers to them go."""

from typing import Any

CONTROLLER = "WeHelpen Coöperatie U.A."
CHAMBER_OF_COMMERCE = "56029837"
SERVICEDESK = "info@wehelpen.nl"

HOUSE: dict[str, Any] = {
    "controller": CONTROLLER,
    "chamber_of_commerce": CHAMBER_OF_COMMERCE,
    "servicedesk": SERVICEDESK,
}
"""What every letter's template gets."""
