"""The prose of the glossary; its words are in ``lessons/terms.toml``."""
