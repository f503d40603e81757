"""The analyst session: read-only, locked down."""

from pipeline.query.session import Session, connect

__all__ = ["Session", "connect"]
