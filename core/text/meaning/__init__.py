"""What words mean, as far as those who made a text know it: their classes, opposites, and who does which work."""
