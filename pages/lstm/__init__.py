"""Lesson: memory, RNN and LSTM."""
