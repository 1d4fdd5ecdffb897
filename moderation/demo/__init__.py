"""A believable office to try the house in: invented people, written for it."""
