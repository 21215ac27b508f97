-- Tokens that programs show instead of a session. Known by the SHA-256 of the token, which is shown once.
CREATE TABLE account_token (
	id @id@,
	account_id @int@ NOT NULL REFERENCES account (id),
	token_hash TEXT NOT NULL UNIQUE,
	label TEXT NOT NULL,
	scope TEXT NOT NULL,                  -- names of permissions, a blank between
	created_at @int@ NOT NULL,
	expires_at @int@ NOT NULL,
	revoked_at @int@
) @strict@;
CREATE INDEX account_token_by_account ON account_token (account_id, id);
