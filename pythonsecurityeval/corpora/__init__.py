"""Corpora: sets of tasks. Each registers under ``pythonsecurityeval.corpora``."""
