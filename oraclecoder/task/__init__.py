"""The two tasks: what the model reads, what it is to answer, and how its answer is read."""
