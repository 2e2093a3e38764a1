"""Runs on disk: what a folder holds, where folders live, which ones ship. No torch."""
