"""Pages of the response to coercion."""
