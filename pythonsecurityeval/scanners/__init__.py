"""Static analysers, and the table of weaknesses that their findings name.

`bandit` is the default scanner, `ruff` a second one for cross-checks; others
register under the entry point group ``pythonsecurityeval.scanners``.
"""

from pythonsecurityeval.scanners._many import open_scanner, scan_many

__all__ = ["open_scanner", "scan_many"]
