"""A faster way to execute an operation, with the same answers: see README.md."""
