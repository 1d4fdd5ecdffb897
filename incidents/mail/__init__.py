"""Mail as it arrives: read however it is written, and told apart from what machines write."""
