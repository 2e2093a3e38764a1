"""Reference: every technical word of the course, searched."""
