"""What a run is worth: estimators, measures over groups of samples, and the whole summary."""
