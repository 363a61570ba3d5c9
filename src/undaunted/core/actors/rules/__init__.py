"""What an actor's dates and names mean, whoever asks: pure functions, one noun a module."""
