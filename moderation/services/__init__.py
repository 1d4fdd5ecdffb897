"""What can be done in moderation: one function for each domain action."""
