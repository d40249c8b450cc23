"""Pages that show what was asked of the mandate and what was done, each module for one kind of thing."""
