"""What a deployment of any size takes, reckoned from what a page costs here."""
