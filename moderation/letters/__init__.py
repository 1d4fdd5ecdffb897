"""Letters about decisions, in plain Dutch: what is in them, not how they leave."""
