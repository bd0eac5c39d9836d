"""Everything that makes a service with a database: composition, reads, writes, the worker."""
