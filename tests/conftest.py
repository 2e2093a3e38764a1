"""One thread for every test: with more, two cores spend their time waiting for each other."""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
