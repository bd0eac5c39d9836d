"""Write entries of the audit log; reads are logged by the statement that reads."""
