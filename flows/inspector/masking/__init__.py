"""What may be seen, and what stands in place of everything else."""
