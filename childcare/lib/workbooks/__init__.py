"""Workbooks from outside: limits checked first, then read in a process of their own with bounded memory and time."""
