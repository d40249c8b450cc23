"""Tags that pages of what was done use."""
