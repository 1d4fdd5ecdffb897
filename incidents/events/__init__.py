"""What the servicedesk writes down: ids and codes only."""
