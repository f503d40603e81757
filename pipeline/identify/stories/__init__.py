"""Pages that say the same: families, stories, copies, and the names that one copy lends another."""
