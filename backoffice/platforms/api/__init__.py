"""What every operation of the API shares: who calls, what is read, how it is refused."""
