"""Tasks with exact answers: problems drawn by a seed, and who says whether an answer is right. No torch."""
