"""The answer to a person as a readable document."""
