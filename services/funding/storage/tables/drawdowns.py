"""Drawdowns and their lists of needs."""
