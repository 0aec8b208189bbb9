"""Several machines that share one registry: who asks which portal, and how the reports come home."""
