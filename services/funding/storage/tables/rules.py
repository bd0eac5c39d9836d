"""Funding lines, cost rules, conditions, calls for interest and reservations."""
