"""A DynamoDB service: its operations over HTTP, tables of its own, and what tests see of it."""
