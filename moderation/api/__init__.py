"""The door for platforms: what they send in, validated; what was decided, read back."""
