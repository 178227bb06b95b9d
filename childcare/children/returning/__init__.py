"""The list to be checked that comes back from the hamlet: recognised by its columns, matched by our child code only."""
