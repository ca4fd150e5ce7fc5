"""Predictions in, verdicts out: exact match, execution, BIRD measures, links and statistics; needs no model."""
