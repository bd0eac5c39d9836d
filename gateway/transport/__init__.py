"""GraphQL over HTTP: reading requests, limits, execution, answers."""
