"""Pictures of a training that follow its scrubber: made for one step, changed to others in the browser."""
