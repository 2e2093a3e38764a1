"""What executes runs: on this machine, and elsewhere behind the same interface."""
