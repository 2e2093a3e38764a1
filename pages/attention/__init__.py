"""Lesson: softmax(QKᵀ/√d_k)V."""
