"""Pages of the servicedesk."""
