"""Free text lies encrypted under a key of its record, and the keys lie elsewhere.

`columns` says what is sealed, `values` how it looks, `store` keeps the keys in a database of their
own, `ring` seals and opens. Nobody else knows any of it: `Transaction.insert` and `update` seal,
`View` and the answers of writes open.
"""
