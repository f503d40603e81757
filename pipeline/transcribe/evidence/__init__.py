"""What a page's own words say of people: who is introduced, whom they belong to, how they sign off. Pure."""
