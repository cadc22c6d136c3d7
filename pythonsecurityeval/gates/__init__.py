"""The gates: what a task must hold before it ships, and what is compiled from those that do."""
