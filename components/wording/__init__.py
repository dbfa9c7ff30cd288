"""Every number, interval and sentence that a screen, slide or report shows."""
