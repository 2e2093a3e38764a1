"""A trained GPT goes on learning: with the same stories, with another text, and what it forgets."""
