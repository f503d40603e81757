"""What is a speaker's label, what it says, and which family of labels a page uses. Pure."""
