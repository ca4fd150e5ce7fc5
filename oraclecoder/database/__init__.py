"""What a database holds, running queries on it within limits, and comparing their results."""
