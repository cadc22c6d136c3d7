"""Measures the figures that the design promises, as ratios within one run; see `RESULTS.md`. Never a timed test."""
