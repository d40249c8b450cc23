"""Public pages about the text's foundations and the actors; pages that show filings or activities are in those apps."""
