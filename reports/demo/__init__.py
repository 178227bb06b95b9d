"""Fictitious data for trying out and training: two places of 2023–2024 in three tiers, one ward of today in two."""
