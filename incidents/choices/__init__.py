"""Words that the database knows, and which may follow which."""
