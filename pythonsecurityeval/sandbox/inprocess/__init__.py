"""Foreign `unittest` files in one process with the candidate, hardened; for corpora that cannot be split.

What runs inside imports nothing but the standard library; `grading` is the
parent's side and decides. The layers, and what gets through them, are in
``docs/in-process.md``.
"""
