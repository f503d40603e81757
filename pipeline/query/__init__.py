"""The analyst session: read-only, locked down."""
