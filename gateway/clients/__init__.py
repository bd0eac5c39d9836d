"""What the gateway says to the services: one small client for each, over one way of calling."""
