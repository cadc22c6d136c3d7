"""Static analysers, and the table of weaknesses that their findings name.

`bandit` is the default scanner; others register under the entry point group
``pythonsecurityeval.scanners``.
"""
