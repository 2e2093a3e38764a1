"""Looking into a model: taps on inner tensors, traces of worked arithmetic, head scores."""
