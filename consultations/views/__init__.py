"""Pages that show what was said on the text: `public` for everyone, `desk*` for delegations, `staff*` for staff."""
