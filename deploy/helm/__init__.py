"""The Helm chart, and the Secrets that it mounts."""
