-- Who asks (Art. 29): sealed with a key that is not in the database (base/vault.h). After erasure the row stays, empty.
CREATE TABLE identity (
	id @id@,
	organisation @int@ NOT NULL CHECK (organisation = 0 OR organisation = 1),
	sealed @blob@ NOT NULL,               -- empty once erased
	person_key TEXT NOT NULL,             -- keyed hash: equal for the same person; empty once erased
	salt TEXT NOT NULL,                   -- of the commitment in the ledger; empty once erased
	made_at @int@ NOT NULL,
	erased_at @int@
) @strict@;
CREATE INDEX identity_by_key ON identity (person_key, id) WHERE person_key <> '';

-- Which key this site was begun with: a site never goes on with another one unnoticed.
CREATE TABLE identity_key (
	id @int@ NOT NULL PRIMARY KEY CHECK (id = 1),
	mark TEXT NOT NULL
) @strict@;

-- The applicant may be unknown: registers of other systems come without.
ALTER TABLE request ADD COLUMN applicant_id @int@ REFERENCES identity (id);
ALTER TABLE request ADD COLUMN wanted_form TEXT NOT NULL DEFAULT '' CHECK (wanted_form = '' OR wanted_form = 'paper'
	OR wanted_form = 'electronic' OR wanted_form = 'email' OR wanted_form = 'on_the_spot' OR wanted_form = 'other');
ALTER TABLE request ADD COLUMN wanted_way TEXT NOT NULL DEFAULT '' CHECK (wanted_way = '' OR wanted_way = 'post'
	OR wanted_way = 'email' OR wanted_way = 'collect' OR wanted_way = 'web' OR wanted_way = 'fax');
CREATE INDEX request_by_applicant ON request (applicant_id, id) WHERE applicant_id IS NOT NULL;

-- The query code an applicant follows the request with: only its keyed hash.
CREATE TABLE request_code (
	code_hash TEXT NOT NULL PRIMARY KEY,
	request_id @int@ NOT NULL REFERENCES request (id),
	made_at @int@ NOT NULL
) @strict@;
CREATE INDEX request_code_by_request ON request_code (request_id);

-- Wrong codes, for the limit per address (a keyed hash of it); kept for the length of the limit.
CREATE TABLE request_code_failure (
	id @id@,
	at @int@ NOT NULL,
	remote TEXT NOT NULL
) @strict@;
CREATE INDEX request_code_failure_by_remote ON request_code_failure (remote, at);
CREATE INDEX request_code_failure_by_time ON request_code_failure (at);
