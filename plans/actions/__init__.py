"""What may be done with plans, one module a noun."""
