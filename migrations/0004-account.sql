-- Staff accounts. Citizens need none.
CREATE TABLE account (
	id @id@,
	name TEXT NOT NULL UNIQUE,            -- sign-in name, lower case
	person TEXT NOT NULL,                 -- shown on pages and in the ledger
	unit_id @int@ NOT NULL REFERENCES unit (id),
	role TEXT NOT NULL,
	password_hash TEXT NOT NULL,          -- argon2id, libsodium's own format
	created_at @int@ NOT NULL,
	disabled_at @int@
) @strict@;
CREATE INDEX account_by_unit ON account (unit_id, name);

-- A session is known by the SHA-256 of its token; the token itself is only in the cookie.
CREATE TABLE session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	account_id @int@ NOT NULL REFERENCES account (id),
	created_at @int@ NOT NULL,
	used_at @int@ NOT NULL,
	remote TEXT NOT NULL
) @strict@;
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_used ON session (used_at);

-- Failed sign-ins, for the limits per account and per address; survives a restart.
CREATE TABLE sign_in_failure (
	id @id@,
	at @int@ NOT NULL,
	name TEXT NOT NULL,
	remote TEXT NOT NULL
) @strict@;
CREATE INDEX sign_in_failure_by_name ON sign_in_failure (name, at);
CREATE INDEX sign_in_failure_by_remote ON sign_in_failure (remote, at);
CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at);
