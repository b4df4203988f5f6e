"""What bin/bench measures: each goal a ratio against a peer or a limit, in one run.

``worlds`` makes the databases, ``measure`` times two things in turns, ``report`` shows
the table; every other module is one or two goals of the table.
"""
