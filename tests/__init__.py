"""The specification: what the product promises, room by room."""
