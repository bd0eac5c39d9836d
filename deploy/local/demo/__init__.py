"""Demo data: the figures of five council papers, invented people, a loader and a story."""
