"""What decides the verdicts: runs in the judge's process, which the candidate cannot reach but by the wire."""
