"""Two names against each other: which words meet, what that says, and how well scores tell."""
