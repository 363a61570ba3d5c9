"""Tags for pages about dossiers."""
