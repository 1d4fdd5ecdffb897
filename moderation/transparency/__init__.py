"""What the Commission's database of statements of reasons wants to know, and how it wants it said."""
