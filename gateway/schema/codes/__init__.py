"""The services' codes as enums with labels in both languages; a test keeps the two in step."""
