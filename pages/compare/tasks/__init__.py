"""Tasks with exact answers: what each family solves, how far it goes, and why it fails there."""
