"""What is done with the books: post, reverse, rehearse, verify, close, export."""
