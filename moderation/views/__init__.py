"""The desk: queues, one item at a time, and what the first page says of both."""
