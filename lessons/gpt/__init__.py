"""What this lesson teaches: its prose, its exercises, and what they are computed from."""
