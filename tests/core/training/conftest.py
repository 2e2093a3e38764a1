"""One thread: with more, two trainings at once on two cores hinder each other tenfold."""

import torch

torch.set_num_threads(1)
