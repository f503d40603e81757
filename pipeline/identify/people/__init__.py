"""The people heard and credited on pages: which names are one person's, and what he is called."""
