"""Bodies of requests and the published shape of answers, by noun."""
