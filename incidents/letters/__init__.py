"""Letters of the servicedesk: plain text, always in Dutch."""
