"""One small module per CMS: how its listings are paged and what its report links look like."""
