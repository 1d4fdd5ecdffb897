"""What is done with the keys of platforms."""
