"""What platforms hand to the servicedesk."""
