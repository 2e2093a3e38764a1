"""Pictures of the lesson on counting that are its own."""
