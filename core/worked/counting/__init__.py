"""What follows what, how a token is drawn, what was copied, and what an order costs."""
