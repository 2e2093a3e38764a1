"""The ways to tell a model where a token stands, number by number, and what the order is worth."""
