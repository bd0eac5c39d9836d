"""What was handed to the finance system."""
