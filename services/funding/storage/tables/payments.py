"""Instalments, payments and payment runs."""
