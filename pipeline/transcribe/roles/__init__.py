"""What part people play in a transcript, where their labels do not say it. Pure."""
