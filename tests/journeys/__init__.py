"""Whole journeys of people through the product, in a real browser."""
