"""The published contracts compared with those last promised."""
