"""Verbs of the registry, by noun: people, households, residence, circumstances, supports, incidents, protection."""
