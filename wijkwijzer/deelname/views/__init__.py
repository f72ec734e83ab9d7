"""Pages with a form, by which readers react, rate, report, ask and share."""
