"""Corpora, synthetic languages with known answers, tokenizers."""
