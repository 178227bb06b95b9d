"""One thing recorded for many children at once: `choosing` who, one module per kind of thing, `running` it, taking it back.

Each kind answers four questions about items: `assess` (who is left out, and why), `write`, `standing` (what stands on what
was written), `take_back`. All of them ask the database a fixed number of times, whatever the number of children.
"""
