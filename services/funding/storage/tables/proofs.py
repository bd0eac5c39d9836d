"""Proofs of use: versions, figures, refusals."""
