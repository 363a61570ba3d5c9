"""Files of stakes, and screening of investments."""
