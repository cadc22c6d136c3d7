"""The methods of the paper (sections 3 and 4.2), and what came after it.

A submission imports neither scanner nor sandbox nor model: all it may use is handed to it
as a `protocols.Desk`.
"""
