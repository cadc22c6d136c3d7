"""What runs beside the candidate: standard library only, and nothing it says is believed."""
