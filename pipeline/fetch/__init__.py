"""The only part that touches the network: polite, exact, guarded."""
