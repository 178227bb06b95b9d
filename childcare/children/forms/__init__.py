"""Forms of the registry: text to typed values, GET filters."""
