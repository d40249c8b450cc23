"""Receipts of filings: what they are made of, how they are issued, and how anybody checks them."""
