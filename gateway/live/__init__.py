"""Subscriptions: what the services announce, passed on to whoever may know."""
