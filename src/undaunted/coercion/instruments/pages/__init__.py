"""Pages of proceedings: the desk's, and the public tracker."""
