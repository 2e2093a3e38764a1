"""What the files of a run folder are called. Torch-free."""

SPEC, STATE, METRICS, TOKENIZER = "spec.json", "state", "metrics.jsonl", "tokenizer.json"
MODEL, CHECKPOINT, SNAPSHOTS = "model.safetensors", "checkpoint.safetensors", "snapshots"
SNAPSHOT_FILES = "[0-9]*.safetensors"
"""Which files of the folder are snapshots: a writer that was killed may leave others, half written."""

LOCK = ".lock"
"""Held by the one program that writes the folder."""

PROGRESS = "progress"
"""The array of a checkpoint that holds its step and the seconds spent so far."""
