"""What screen, slide and report share: a title, a figure, tables, a note and the result they were made from."""
