"""Questions to answers: linking first, then SQL over the linked part of the schema."""
