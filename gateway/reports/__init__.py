"""The status report for print and for tables: one object of figures, three forms."""
