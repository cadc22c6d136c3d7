"""Doubles of the outside world: servers, programs and databases that live in the judge and behave."""
