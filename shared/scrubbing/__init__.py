"""A copy of a service's database without anything about real people, for tests and training.

`invented` makes values, `plan` says what happens to which column, `running` does it, `command` is
the command line. Each service has its plan in `scrub.py`.
"""
