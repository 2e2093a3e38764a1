"""Lesson: where am I?"""
