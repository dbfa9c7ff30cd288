"""Who is shown: what each variable holds, and what each condition costs."""
