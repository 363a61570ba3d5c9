"""What partners do together about economic coercion: scenarios, episodes, the response."""
