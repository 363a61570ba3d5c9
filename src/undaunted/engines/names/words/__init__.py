"""Words of names: tokens with their spellings, given names that are one, neighbours read as one."""
