"""A study whose rows stay in a database: asked by GROUP BY, answered by counts."""
