"""Pictures of the inside of a GPT between its last vector and the text."""
