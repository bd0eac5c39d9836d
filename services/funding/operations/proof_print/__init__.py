"""A proof of use as JSON, CSV and PDF: three forms of the same figures."""
