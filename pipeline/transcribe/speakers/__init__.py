"""Who speaks each passage: a page's labels to people. Pure."""
