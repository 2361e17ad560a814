"""Files, standard input and tables to articles."""
