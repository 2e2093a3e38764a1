"""From a validated specification to a trained model: specification, data, loop, snapshots."""
