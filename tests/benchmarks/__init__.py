"""What `make bench` measures: each line runs beside its peer or limit in the same run.

Only ratios inside one run mean anything; below about 1.5 is noise on a small machine."""
