"""Wires the stages: predictions are read, scanned, executed and scored; the only room that knows them all."""
