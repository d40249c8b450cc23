"""The activities section of a report to the Council or the Assembly, written from the record and from nothing else."""
