-- A register between its upload and its import: removed then, or after a day.
CREATE TABLE import_upload (
	id @id@,
	account_id @int@ NOT NULL,
	at @int@ NOT NULL,
	file_name TEXT NOT NULL,
	content @blob@ NOT NULL
) @strict@;
CREATE INDEX import_upload_by_time ON import_upload (at, id);
