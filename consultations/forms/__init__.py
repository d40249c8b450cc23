"""What came in from a browser. What it means, and whether it can be, the services decide."""
