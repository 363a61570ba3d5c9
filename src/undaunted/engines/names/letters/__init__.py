"""Scripts in which a letter stands for a sound, folded so that every romanisation has it alike."""
