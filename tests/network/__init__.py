"""A small public-radio web on loopback, for tests and for `asrun demo`."""
