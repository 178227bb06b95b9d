"""Verbs about units: a change is drafted, planned, carried out, undone."""
