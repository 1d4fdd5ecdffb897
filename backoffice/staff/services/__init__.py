"""What is done with who works here."""
