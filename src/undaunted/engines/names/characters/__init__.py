"""Names written a syllable a character, and how their syllables are spelt in other letters."""
