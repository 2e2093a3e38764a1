"""Many heads: what the lesson computes besides its text."""
