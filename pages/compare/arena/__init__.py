"""Four families on one text: their losses, agreement, one prompt, who wins where, and any two runs."""
