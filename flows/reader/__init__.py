"""The project's own docs/, as pages of the product."""
