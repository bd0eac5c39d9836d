"""Base rates, recoveries and what was paid on them."""
