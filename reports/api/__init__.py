"""Data out: a read-only JSON API of aggregates for other programs, by tokens of units. No rows, small numbers masked."""
