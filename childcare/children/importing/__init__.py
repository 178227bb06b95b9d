"""Taking in a list of children as communes send it: any layout, any spelling.

header → rows → values, child → reading (pure: bytes to a Reading); registry, comparing, writing (database).
"""
