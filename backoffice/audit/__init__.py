"""Who did what, when and why; and that it stays as it was written."""
