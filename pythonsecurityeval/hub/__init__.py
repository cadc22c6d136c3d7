"""The corpus as a data set: loading with `datasets`, and publishing on a hub."""
