"""A MongoDB server: its protocol, a document store of its own, and what tests see of it."""
