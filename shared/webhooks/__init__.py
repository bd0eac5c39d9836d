"""Webhooks: events of the own feed, posted to a partner's address; ids and codes, nothing else."""
