"""What changed on a page, and which of its turns stayed."""
