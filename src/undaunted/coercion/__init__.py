"""Priority 4: building resilience to economic coercion."""
