"""What is new, and what is when, for programs that people read news and calendars with. Everything in it is public."""
