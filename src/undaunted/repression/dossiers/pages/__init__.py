"""Pages of dossiers at the desk; no page of them is public."""
