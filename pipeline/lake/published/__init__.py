"""How a state of all tables becomes durable, visible and an edition."""
