"""`python -m deploy.local.demo.books`: a practice year, booked and handed to accounting tools."""
