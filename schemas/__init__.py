"""The contract with analysts: one module a table, with its columns, their types, units and meaning, and its key."""
