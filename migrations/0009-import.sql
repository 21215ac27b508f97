-- How the columns of a spreadsheet are read, by the words of its head: kept when somebody imports one.
CREATE TABLE import_mapping (
	head TEXT NOT NULL PRIMARY KEY,       -- SHA-256 over the folded labels
	mapping TEXT NOT NULL,                -- a line per field: code, then :column or =text
	labels TEXT NOT NULL,                 -- the labels, for people
	saved_at @int@ NOT NULL
) @strict@;
