"""Names of persons and organisations, read whole: which words are names, and other readings."""
