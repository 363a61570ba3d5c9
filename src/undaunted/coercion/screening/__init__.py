"""Who owns and controls what is for sale: files of stakes, and screening of investments."""
