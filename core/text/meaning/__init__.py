"""What the words of a text mean, as far as its makers know: classes, opposites, who does which work."""
