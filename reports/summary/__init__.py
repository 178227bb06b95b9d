"""Tổng hợp: groups, trends, map of tiles, and the same as a paper. Pages and papers show what is made here."""
