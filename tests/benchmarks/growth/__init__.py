"""What growing costs: see `__main__`."""
