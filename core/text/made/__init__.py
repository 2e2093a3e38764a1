"""Small generated texts, each made for one question, with their answers."""
