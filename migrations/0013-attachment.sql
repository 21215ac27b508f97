-- Uploaded files, sealed, each content once under its SHA-256.
CREATE TABLE attachment_content (
	sha256 TEXT NOT NULL PRIMARY KEY,
	type TEXT NOT NULL,
	bytes @int@ NOT NULL,
	sealed @blob@ NOT NULL
) @strict@;

-- What a file belongs to. Its name may name a person, so it is sealed too.
CREATE TABLE attachment (
	id @id@,
	subject_kind TEXT NOT NULL,
	subject_id @int@ NOT NULL,
	purpose TEXT NOT NULL,
	who TEXT NOT NULL,
	name_sealed @blob@ NOT NULL,
	sha256 TEXT NOT NULL REFERENCES attachment_content (sha256),
	added_at @int@ NOT NULL
) @strict@;
CREATE INDEX attachment_by_subject ON attachment (subject_kind, subject_id, id);
CREATE INDEX attachment_by_content ON attachment (sha256);
