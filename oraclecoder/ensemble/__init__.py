"""Several adapters become one model: exact low-rank algebra, merge methods, selection and the recipe."""
