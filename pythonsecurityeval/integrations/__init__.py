"""Adapters to other people's engines, each behind its extra."""
