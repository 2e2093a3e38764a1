"""Pictures of a model that learns."""
