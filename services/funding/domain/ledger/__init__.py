"""The books as rules: accounts, entries, what each fact posts, and the chain that proves them."""
