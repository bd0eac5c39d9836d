"""Expenditure and its vouchers."""
