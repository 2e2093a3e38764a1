"""The attention lesson: its prose, its exercises, and the examples it works through."""
