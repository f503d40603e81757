"""The stories of the simulated network, one module a day or site; all people in them are invented."""
