"""Models of other tasks than the next token."""
