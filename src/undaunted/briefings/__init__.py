"""Pages that join the areas: home, countries, how we count, about."""
