"""The record in pictures, drawn on the server: the time line, who was met in which region, how far each request is.

What is shown is read in one module and drawn in another, so that pages, the tables under the pictures and the API all
print the same figures.
"""
