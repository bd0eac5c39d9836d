"""A book as text: for hledger and ledger (one file for both), beancount, tables, and as chain.

Each printer is a head, a piece for each entry, and a tail that lets the reading program compare
the balances itself.
"""
